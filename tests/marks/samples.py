"""Random German-like texts, and queries that have a chance to match them."""

from hypothesis import strategies as st

# Spellings of few words, so that they meet in every layer.
WORDS = (
    "Kohl", "Kohle", "Kohls", "KOHL", "Haus", "Häuser", "Hauses", "Müller", "Mueller", "Mu\u0308ller", "Muller",
    "Straße", "Strasse", "Stra\u00adße", "daß", "dass", "Schiffahrt", "Schifffahrt", "Musik", "Sammlung",
    "Musiksammlung", "Musik-Sammlung", "Musik-Sammlungen", "US", "Präsident", "US-Präsident", "Nord-Süd-Dialog",
    "Süddialog", "E-Mail", "Email", "Lehrer", "Lehrerinnen", "Lehrer:innen", "Lehrer*innen", "LehrerInnen",
    "Lehrer/-innen", "innen", "Ärzte", "Ärzt:innen", "15 000", "15.000", "15000", "15", "1,5", "§", "§ 219a",
    "Covid-19", "Covid", "19", "C++", "AT&T",
    "geht's", "geht’s", "gehts", "Kim", "Jong", "Un", "Kim Jong-un", "nicht", "schuldig", "und", "der", "ﬁnden",
    "finden", "Wahl", "zum Bundestag", "Bundestagswahl", "zur Wahl", "der Musik",
)  # fmt: skip
NAMES = ("Helmut Kohl", "Kim Jong Un", "Herta Müller", "US-Präsident", "Kohle AG", "Haus der Musik", "Müller")

words = st.sampled_from(WORDS)
_gaps = st.sampled_from([" ", " ", " ", " ", ", ", ". ", ": ", " – ", "-", " (", ") ", "“ ", "\n", "\n\n", "\u00a0"])
texts = st.lists(st.tuples(words, _gaps), max_size=14).map(lambda pairs: "".join(word + gap for word, gap in pairs))
names = st.lists(st.sampled_from(NAMES), max_size=3, unique=True).map(tuple)

_fields = st.sampled_from(["", "", "", "", "titel:", "text:", "name:", "person:", "ort:"])


@st.composite
def single(draw: st.DrawFn) -> str:
    """A word, phrase or the like, of any kind that the query language has."""
    word, other, third = draw(words), draw(words), draw(words)
    letters = word.replace("\u00ad", "").replace("u\u0308", "ü")
    middle = len(letters) // 2
    return draw(_fields) + draw(
        st.sampled_from([
            word, word, word, f"={word}", f'"{word}"', f'"{word} {other}"', f'"{word} {other} {third}"',
            f'"{word} {other}"~', f'"{word} {other}"~{draw(st.integers(0, 4))}', f'"{word} {other} {third}"~2',
            f"{letters[:3]}*", f"*{letters[-3:]}", f"{letters[:middle]}?{letters[middle + 1:]}",
            f"{word}~", f"{letters[:middle]}{letters[middle + 1:]}~1",
        ])
    )  # fmt: skip
