"""Who wrote this? Bylines as newspapers print them become the names of authors, one each.

*Von Anna Schmidt und Ben Wolf, Kiew* names two persons and the place that they wrote from. Persons and agencies are
authors; titles, offices, places, addresses and who took the pictures are not. A text in which nobody is recognised is
kept as it is: an author may have any name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from indexer.resolution.first_names import first_names
from indexer.resolution.persons import PARTICLES
from search.german.authors import is_agency, is_person

MOST_AUTHORS = 100  # of one article
LONGEST_LINE = 120  # characters of a line of text that may be a byline
_TOP, _BOTTOM = 4, 2  # paragraphs at the beginning and end of a text that may be one

_ADDRESS = re.compile(r"[\w.+-]{1,60}@[\w.-]{1,60}|https?://\S+|(?<!\S)@\w+")
_MATERIAL = re.compile(
    r"[\s,;(/–-]*\b(?:mit|unter verwendung von|nach) (?:\w+ )?(?:material|agentur|informationen|agenturen)\w*\b.*",
    re.IGNORECASE,
)
_GENRES = (
    "kommentar|kolumne|gastbeitrag|gastkommentar|analyse|reportage|essay|interview|bericht|glosse|leitartikel|rezension"
    "|beitrag|texte?|porträt|nachruf|meinung|protokoll|aufgezeichnet|protokolliert|zusammengestellt|verfasst|geschrieben"
    "|autor(?:in|en|innen)?|author|recherche|redaktion"
)
_PICTURES = "fotos?|bild(?:er)?|video|grafik(?:en)?|illustration(?:en)?|kamera|image|photo|infografik|zeichnung(?:en)?"
_LABEL = re.compile(
    rf"(?<!\w)((?:{_GENRES}|{_PICTURES})(?:\s*(?:,|/|und|&)\s*(?:{_GENRES}|{_PICTURES})){{0,3}})\s*:\s*", re.IGNORECASE
)
_ONLY_PICTURES = re.compile(rf"(?:{_PICTURES})(?:\s*(?:,|/|und|&)\s*(?:{_PICTURES})){{0,3}}", re.IGNORECASE)
_PHOTOGRAPHER = re.compile(rf"(?:^|,|;|&|\bund\b)(?:(?!\bund\b)[^,;&()])*\((?:{_PICTURES})\)", re.IGNORECASE)
_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")
_WRITTEN = r"(?:geschrieben|verfasst|eingestellt|erstellt|gepostet|veröffentlicht|posted|written)"
_PREFIXES = (
    re.compile(rf"{_WRITTEN} (?:von|by) ", re.IGNORECASE),
    re.compile(rf"(?:(?:eine?|der|die|das|ein\w*) (?:\w+ )?)?(?:{_GENRES}) (?:von|by) ", re.IGNORECASE),
    re.compile(r"eine? \w+ von ", re.IGNORECASE),
    re.compile(r"(?:aus|für) [^,;]{1,60}? (?:berichte[nt]|schreib(?:t|en)) ", re.IGNORECASE),
    re.compile(r"(?:es berichte[nt]|das (?:gespräch|interview) führten?|interview führten?) ", re.IGNORECASE),
)
_OFFICE = re.compile(
    r"(?:(?:unser|frei|stellvertretend|leitend|politisch|ständig|ehemalig)\w*\s+|(?:die|der|ex)[\s-]){0,3}"
    r"[\w-]{0,30}(?:korrespondent|redakteur|reporter|journalist|volontär|volontaer|kolumnist|fotograf|herausgeber|autor"
    r"|chefin|chef|leiter|mitarbeiter|praktikant|moderator|professor|experte|expertin)(?:in|en|innen)?\b\.?",
    re.IGNORECASE,
)
_TITLES = re.compile(
    r"(?:(?:prof(?:essor(?:in)?)?|d?dr|pd|priv|univ|dipl|m?mag|ing|doz|hon|frau|herrn?|lic|med|phil|jur|rer|nat|pol"
    r"|habil|theol|oec|dent|vet|iur|mult|sc|h|c|hc)\b(?:\.\s*-?\s*|\s+|-(?=\w+\.)))+(?=[^\W\d_]{2})",
    re.IGNORECASE,
)
_DEGREE = re.compile(
    r"(?:M\. ?[AS]c?\.?|B\. ?[AS]c?\.?|Ph\. ?D\.?|MdB|MdL|MdEP|LL\.? ?M\.?|MBA|jr\.?|sen\.?|jun\.?)", re.I
)
_SEPARATORS = re.compile(r"[;\n\t]")
_DASHES = re.compile(r"\s*[|•·]\s*|\s+[–—/-]+\s+|\s*//\s*")
_JOINED = re.compile(r"(?<!von)\s+(?:und|and|og|sowie|&|u\.|\+|mit)\s+(?!zu\s)", re.IGNORECASE)
_BY = re.compile(r"(von|by)\s+(?=\S)(?!(?:und|der|dem|den)\s)", re.IGNORECASE)
_PREPOSITION = re.compile(r"\s(?:aus|in|für|im|mit|bei|nach|und)\s", re.IGNORECASE)
_FROM = re.compile(r"(.+?)\s(?:aus|in|für|im|zurzeit|z\. ?Zt\.|zzt\.|at|for|zu)\s\S.*")
_PLACES = re.compile(
    r"(?:bad|new|san|santa|los|las|st\.|sankt|saint|rio|tel|den|le|são|sao|buenos|hong|kuala|addis|frankfurt|washington"
    r"|port|puerto|nowy|banja|abu|phnom|cape|mexiko|belo|salt|costa|porto)\s.*|.*\s(?:city|a\. ?m\.|d\. ?c\.)"
    r"|\S+ (?:am|an der|im|in|bei|ob der|a\. ?d\.|vor der) .*",
    re.IGNORECASE,
)
_EDGES = " \t,;:|/–—-*"
_BYLINE = re.compile(rf"(?:{_WRITTEN}\s+)?(?:von|by)\s+\S[^:]*", re.IGNORECASE)
# Porträt, Interview and the like may as well say whom the article is about.
_LABELLED_BYLINE = re.compile(r"(?:texte?|autor(?:in|en)?|protokoll|recherche)(?:,| und|:)\s.*", re.IGNORECASE)
# Small words in a byline that is a line of text by itself; with any other it is a sentence or a headline.
_SMALL_WORDS = frozenset("und aus in im mit von van de der den di da del vom".split())


def read_bylines(texts: Iterable[str]) -> tuple[str, ...]:
    """The authors that bylines name, each once, in their order, given names first; at most MOST_AUTHORS."""
    found: dict[str, str] = {}
    for text in islice(texts, MOST_AUTHORS):
        for name in _authors(_on_one_line(text)):
            found.setdefault(name.casefold(), name)
    return tuple(found.values())[:MOST_AUTHORS]


def split_byline(body: str, known: Sequence[str] = ()) -> tuple[tuple[str, ...], str]:
    """The authors that one of the first paragraphs names, *Von Anna Schmidt, Berlin*, and the body without it.

    It may also be *Text: Anna Schmidt, Fotos: Ben Wolf*. No authors, and the body as it is, if they say anything else
    or are all there is. A first or last paragraph that only names authors who are `known` is left out, too.
    """
    paragraphs = body.split("\n\n")
    authors: tuple[str, ...] = ()
    kept = []
    for number, paragraph in enumerate(paragraphs):
        at_top = number < _TOP and len(paragraphs) > 1
        named = _byline(paragraph) if at_top and not authors else ()
        authors = authors or named
        repeats = (at_top or 0 < number >= len(paragraphs) - _BOTTOM) and _only_names(paragraph, (*known, *named))
        if not (named or repeats):
            kept.append(paragraph)
    return (authors, "\n\n".join(kept)) if kept else ((), body)


def _only_names(line: str, known: Sequence[str]) -> bool:
    """Whether a line has nothing in it but these names, *Von*, *und* and the like."""
    if not known or len(line) > LONGEST_LINE:
        return False
    words = set(re.findall(r"\w+", line.casefold()))
    names = set(re.findall(r"\w+", " ".join(known).casefold()))
    return bool(words & names) and words <= names | _SMALL_WORDS | {"autor", "autorin", "text", "by"}


def named_persons(line: str, surely: bool = False) -> tuple[str, ...]:
    """The persons that a byline names; unless it is `surely` one, at least one of them must have a known first name."""
    persons = tuple(filter(is_person, read_bylines([line])))
    return persons if surely or any(map(_begins_as_name, persons)) else ()


def _byline(line: str) -> tuple[str, ...]:
    labelled = _LABEL.match(line) and _LABELLED_BYLINE.fullmatch(line)
    if len(line) > LONGEST_LINE or not (labelled or _BYLINE.fullmatch(line)) or re.search(r"[!?…]|\.$|\d", line):
        return ()
    authors = read_bylines([line])
    words = _LABEL.sub(" ", line).replace(",", " ").split()[0 if labelled else 1 :]
    plain = all(word[0].isupper() or word in _SMALL_WORDS or is_agency(word) for word in words)
    known = all(is_agency(name) or (is_person(name) and _begins_as_name(name)) for name in authors)
    return authors if plain and known else ()


def _on_one_line(text: str) -> str:
    return re.sub(r"[^\S\n\t]+", " ", text.replace("\u200b", "")).strip()


def _authors(text: str) -> Iterator[str]:
    for part in _written(_MATERIAL.sub("", _ADDRESS.sub("", text))):
        for piece in _SEPARATORS.split(_unbracketed(part)):
            for names in _joined(_without_prefix(piece.strip(_EDGES))):
                yield from _of_list(names)


def _written(text: str) -> Iterator[str]:
    """The parts of a byline that name who wrote, not who took the pictures: *Text: A, Fotos: B*."""
    before, *labelled = _LABEL.split(text)
    yield before
    for label, names in zip(labelled[::2], labelled[1::2], strict=True):
        if not _ONLY_PICTURES.fullmatch(label):
            yield names


def _unbracketed(text: str) -> str:
    """The text without what stands in brackets, unless that is all of it: *Eva Meier (dpa)*, *(dpa)*."""
    text = _PHOTOGRAPHER.sub("", text).strip()
    if re.fullmatch(rf"[(\[]\s*(?:{_PICTURES})\b.*", text, re.IGNORECASE):
        return ""
    return _BRACKETS.sub("", text).strip() or text.strip("()[] ")


def _without_prefix(text: str) -> str:
    """A piece of a byline without *Von*, *Ein Kommentar von* or *Unsere Korrespondentin* before the first name."""
    for prefix in (*_PREFIXES, _BY):
        match = prefix.match(text)
        if match and (prefix is not _BY or _is_by(match)) and not _is_turned(text):
            text = text[match.end() :]
    office = _OFFICE.match(text)
    behind = text[office.end() :].strip() if office else ""
    return behind if behind and is_person(behind.partition(",")[0]) and _begins_as_name(behind) else text


def _is_by(match: re.Match[str]) -> bool:
    """Whether *von* says who wrote, and is no part of a name: *Von Anna Schmidt*, *Von Loriot*; not *von Bülow*."""
    first = match.string[match.end() :].partition(",")[0]
    return len(first.split()) > 1 or match[1][0].isupper() or is_agency(first)


def _joined(text: str) -> Iterator[str]:
    """The lists that *und* joins, if there are authors on both sides; a Stiftung Wissenschaft und Politik is one."""
    pieces = _JOINED.split(text)
    signs = _JOINED.findall(text)
    current = pieces[0]
    for sign, piece in zip(signs, pieces[1:], strict=True):
        if _ends_with_author(current) and _begins_with_author(piece):
            yield current
            current = piece
        else:
            current += sign + piece
    yield current


def _ends_with_author(text: str) -> bool:
    parts = text.split(",")
    return _is_author(parts[0]) or _is_author(parts[-1]) or _is_turned(text)


def _begins_with_author(text: str) -> bool:
    return _is_author(text.split(",")[0]) or _is_turned(text)


def _of_list(text: str) -> Iterator[str]:
    """The names in a list of authors, parted by commas or dashes, each perhaps with a place or an office behind it."""
    commas = _DASHES.sub(",", text)
    parts = [
        part for part in (part.strip(_EDGES) for part in commas.split(",")) if part and not _DEGREE.fullmatch(part)
    ]
    pairs = list(zip(parts[::2], parts[1::2], strict=False))
    if (
        pairs
        and commas == text
        and len(parts) % 2 == 0
        and all(_is_turned(", ".join(pair), len(parts) > 2) for pair in pairs)
    ):
        yield from (f"{_plain(given)} {_lowered(_plain(family))}" for family, given in pairs)
        return
    known = [name for part in parts for name in _known(part)]
    if known:
        yield from known
    elif parts and any(map(str.isalpha, text)) and not (_OFFICE.match(text) and " " in text):
        yield _plain(text.strip(_EDGES))


def _lowered(family: str) -> str:
    """A family name behind the given one: *Von der Leyen* as von der Leyen."""
    first, _, rest = family.partition(" ")
    return f"{first.lower()} {rest}" if rest and first.istitle() and first.lower() in PARTICLES else family


def _known(part: str) -> Iterator[str]:
    """The persons and agencies in one part of a list; a place, an office or an initial is none."""
    if "/" in part:
        names = [name.strip() for name in part.split("/")]
        initials = any(map(is_agency, names)) and not any(map(_may_be_place, names))  # of an editor: spo/dpa
        if found := names if initials else list(filter(_is_author, names)):
            yield from map(_plain, found)
            return
    if not _is_author(part) and (match := _FROM.fullmatch(part)):
        part = match[1]
    if _is_author(part):
        yield _plain(part)


def _may_be_place(name: str) -> bool:
    """Whether a word beside an agency is more than the initials of an editor: dpa/Kiew, Anna Schmidt/dpa."""
    return " " in name or (name.istitle() and not is_agency(name))


def _is_author(part: str) -> bool:
    name = _plain(part)
    if is_agency(name):
        return True
    return (
        is_person(name)
        and "," not in name
        and not any((_PLACES.fullmatch(name), _OFFICE.match(name), _PREPOSITION.search(name)))
    )


def _plain(name: str) -> str:
    """A name without titles before it and signs around it."""
    name = name.strip(_EDGES)
    name = _TITLES.sub("", name, count=1) if _TITLES.match(name) else name
    return name[:-1] if re.search(r"[^\W\d_]{4}\.$", name) else name


def _is_turned(text: str, surely: bool = False) -> bool:
    """Whether a name has the family name first: *Müller, Hans*; if `surely`, only with a known given name."""
    family, comma, given = (part.strip() for part in text.partition(","))
    before = [word for word in family.split() if word.lower() not in PARTICLES]
    behind = [word for word in _plain(given).split() if word.lower() not in PARTICLES]
    if not comma or len(before) != 1 or not behind or "," in given or is_agency(family) or is_agency(given):
        return False
    if not is_person(f"{_plain(given)} {family}") or _OFFICE.match(given):
        return False
    return all(map(_is_first_name, behind)) or (len(behind) == 1 and not surely and not _is_first_name(family))


def _is_first_name(word: str) -> bool:
    return bool(re.fullmatch(r"[^\W\d_]\.?(?:-?[^\W\d_]\.)*", word)) or any(
        part.capitalize() in first_names() for part in (word, *word.split("-"))
    )


def _begins_as_name(name: str) -> bool:
    return _is_first_name(name.split()[0])
