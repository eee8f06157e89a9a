"""What does a word sound like? A key that words share if only their spelling differs."""

# Spellings and what they become, one after the other; capitals are sounds of several letters. The
# idea is that of the Kölner Phonetik (Postel, IBM-Nachrichten 19, 1969), but vowels stay: they
# part more words than they confuse.
_SPELLINGS = [
    pair.split(">")
    for pair in (
        "tsch>S sch>S cz>S sh>S ch>X ph>f dt>t ck>k qu>kf tz>s ts>s h> ie>i äu>eu oi>eu ai>ei ay>ei ey>ei "
        "ae>e oe>o ue>u ä>e ö>o ü>u ß>s y>i j>i b>p d>t g>k v>f w>f c>k z>s q>k é>e è>e ê>e à>a á>a ó>o í>i ç>k ñ>n"
    ).split()
] + [[2 * letter, letter] for letter in "aefiklmnoprstuSX" for _ in "12"]


def phonetic_key(text: str) -> str:
    """The sound key of a word, or of many words with line breaks between them.

    `text` is lower case: rhythmus, rytmus -> ritmus; gallerie, galeri -> kaleri.
    """
    for spelling, key in _SPELLINGS:
        text = text.replace(spelling, key)
    return text
