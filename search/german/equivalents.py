"""Which other spellings mean the same as a word, or as several that are read as one?

*A7* is *A 7*, *§ 219a* is *Paragraf 219a*, *8.5.1945* is *8. Mai 1945*, *U.S.A.* is *USA*, *Kyiv* is *Kiew*. Only
queries ask this: the text keeps what it has, and each other spelling is looked up as any words are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from search.german.numbers import NUMBER_WORD, UNIT, ordinal, other_numbers
from search.german.place_names import other_place_names

MOST_EQUIVALENTS = 12
LONGEST = 60  # characters; nothing longer is an abbreviation, a number or a date

_MONTHS = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()
_MONTH = "|".join([*_MONTHS, "Jänner", "Maerz", "Feber"])
_SHORT_MONTHS = ("Jan", "Feb", "Mär", "Apr", "", "Jun", "Jul", "Aug", "Sep", "Okt", "Nov", "Dez")  # Mai is no shorter
_SHORT_MONTH = "|".join(("Sept", "Mrz", *filter(None, _SHORT_MONTHS)))
_SPACE = "[ \u00a0\u202f]"
_DAY_OF_MONTH = rf"\d{{1,2}}\.{_SPACE}?(?i:{_MONTH}|(?:{_SHORT_MONTH})(?![^\W_])\.?)"
_DATE = rf"\d{{1,2}}\.{_SPACE}?\d{{1,2}}\.{_SPACE}?(?:\d{{4}}|\d\d)|{_DAY_OF_MONTH}(?:{_SPACE}\d{{4}})?"
_PARAGRAPH = rf"(?:§{{1,2}}|(?i:paragra(?:f|ph)(?:en)?)){_SPACE}?\d+{_SPACE}?[a-z]?"
_DOTTED = rf"[^\W\d_]\.(?:{_SPACE}?[^\W\d_]\.)*{_SPACE}?[^\W\d_](?:\.|(?![^\W_]))"
_DECADE = rf"(?i:[2-9]0er|[a-zäöüß]{{2,7}}(?:zig|ßig)er){_SPACE}(?i:jahre?n?)"

# What the reform of 1996 allows in one word and in two; and what is often written together.
_ONE_OR_TWO = """
auf grund, an hand, an stelle, auf seiten, auf wunsch, außer stande, im stande, in folge, in frage, in stand, mit hilfe
so dass, von seiten, von statten, zu grunde, zu gunsten, zu hause, zu lasten, zu leide, zu mute, zu rande, zu schanden
zu schulden, zu stande, zu tage, zu wege, zu ungunsten, an statt, so genannt, so genannte, so genannten, so genannter
so genanntes, so genanntem, so viel, so weit, wie viel, wie viele, irgend jemand, irgend etwas, kennen lernen, zur zeit
"""
_IN_TWO = {pair.replace(" ", ""): pair for line in _ONE_OR_TWO.strip().splitlines() for pair in line.split(", ")}

# Words of a query that are read as one, with the blanks between them: what the lexer takes for one word.
EXPRESSION = (
    "|".join(
        rf"(?:{pattern})(?![^\W_])"
        for pattern in (
            rf"[^\W\d_]{_SPACE}&{_SPACE}[^\W\d_]{{1,3}}",
            rf"[^\W\d_]{{1,3}}{_SPACE}&{_SPACE}[^\W\d_]",
            rf"1{_SPACE}&{_SPACE}1",
            rf"(?P<twin>[^\W\d_]+){_SPACE}&{_SPACE}(?i:(?P=twin))",  # Johnson & Johnson; others are joined by the sign
            rf"[A-Z]{_SPACE}und{_SPACE}[A-Z]",
            _DATE,
            _PARAGRAPH,
            _DECADE,
            rf"(?i:{NUMBER_WORD}|\d+(?:[.,]\d+)*){_SPACE}(?i:{UNIT})\.?",
            rf"[A-Z]{_SPACE}\d{{1,3}}(?![.,:]\d)",
            rf"\d{_SPACE}[A-Z](?!\.)",
            rf"und{_SPACE}so{_SPACE}weiter",
            rf"(?i:{'|'.join(sorted(_IN_TWO.values(), key=len, reverse=True))})",
            rf"\d{{1,2}}\.{_SPACE}(?!(?i:{_MONTH}|Uhr))[A-ZÄÖÜ][a-zäöüß]{{3,}}",
            rf"[^\W\d_]+{_SPACE}and{_SPACE}[^\W\d_]+",
        )
    )
    + f"|{_DOTTED}"
)


def _bare(spelling: str) -> str:
    """An abbreviation without dots and blanks, in small letters; of several words with blanks."""
    return re.sub(r"\.\s?", "", spelling).lower()


# Abbreviations that are also written without dots or blanks, in small letters.
_ABBREVIATIONS = {
    re.sub(r"\W", "", dotted).lower(): dotted
    for dotted in ("z. B.", "d. h.", "u. a.", "e. V.", "e. G.", "i. d. R.", "z. T.", "o. Ä.", "u. U.", "v. Chr.",
                   "n. Chr.", "a. D.", "i. R.", "u. v. m.", "m. E.", "s. o.", "s. u.", "v. a.", "i. A.", "z. Z.",
                   "G. m. b. H.")
}  # fmt: skip
# What is written short and in full. Art, Abs and St may be something else.
_SAME = (
    ("usw", "und so weiter", "u. s. w.", "etc", "ꝛc"), ("bzw", "beziehungsweise"), ("Mio", "Millionen"),
    ("Mrd", "Milliarden"), ("Tsd", "tausend"), ("Jh", "Jhd", "Jahrhundert"), ("Hbf", "Hauptbahnhof"),
    ("Bhf", "Bahnhof"), ("Nr", "Nummer"), ("Prof", "Professor"), ("Dr", "Doktor"), ("ca", "circa"),
    ("ggf", "gegebenenfalls"), ("evtl", "eventuell"), ("inkl", "inklusive"), ("bspw", "beispielsweise"),
    ("bzgl", "bezüglich"), ("Hrsg", "Herausgeber"), ("Tel", "Telefon"), ("MwSt", "Mehrwertsteuer"),
    ("Pkw", "Personenkraftwagen"), ("Lkw", "Lastkraftwagen", "Lastwagen"), ("AKW", "Atomkraftwerk"),
    ("Kfz", "Kraftfahrzeug"), ("Kita", "Kindertagesstätte"), ("BIP", "Bruttoinlandsprodukt"),
    ("EZB", "Europäische Zentralbank"), ("EuGH", "Europäischer Gerichtshof"), ("BGH", "Bundesgerichtshof"),
    ("BKA", "Bundeskriminalamt"), ("WHO", "Weltgesundheitsorganisation"), ("KI", "künstliche Intelligenz"),
    ("z. B.", "zum Beispiel"), ("d. h.", "das heißt"), ("u. a.", "unter anderem"), ("i. d. R.", "in der Regel"),
    ("z. T.", "zum Teil"), ("v. a.", "vor allem"), ("u. U.", "unter Umständen"), ("v. Chr.", "vor Christus"),
    ("n. Chr.", "nach Christus"), ("a. D.", "außer Dienst"), ("e. V.", "eingetragener Verein"),
)  # fmt: skip
_SAME_AS = {_bare(spelling): group for group in _SAME for spelling in group}
_IS_DOTTED = re.compile(_DOTTED)
# Of acronyms that are typed in small letters, the few that are also written with dots.
_ACRONYMS = frozenset(("usa", "eu", "uno", "brd", "ddr", "udssr", "uk", "nrw"))
_LETTERS_NUMBER = re.compile(rf"([^\W\d_]{{1,12}})({_SPACE}?|-)(\d{{1,4}})")
_NUMBER_LETTER = re.compile(rf"(\d{{1,2}})({_SPACE}?|-)([A-Za-z])(?![^\W\d_])(-.+)?")
_NUMBERS_OF_DATE = re.compile(rf"(\d{{1,2}})\.{_SPACE}?(\d{{1,2}})\.{_SPACE}?(\d{{4}}|\d\d)")
_WORDS_OF_DATE = re.compile(
    rf"(\d{{1,2}})\.{_SPACE}?(?:({_MONTH})|({_SHORT_MONTH})\.?)(?:{_SPACE}(\d{{4}}))?", re.IGNORECASE
)
_LAST_ORDINAL_OF_DATE = 12  # later ones are hardly ever written in words
_NUMBER_AND_NOUN = re.compile(rf"(\d{{1,2}})\.{_SPACE}([^\W\d_]{{4,}})")
_LATEST_SHORT_YEAR = 40  # 17.6.53 is in the last century alone
_NUMBER_OF_PARAGRAPH = re.compile(rf"(?:§{{1,2}}|paragra(?:f|ph)(?:en)?){_SPACE}?(\d+){_SPACE}?([a-z]?)", re.IGNORECASE)
_STREET = re.compile(r"(.*[^\W_]{3}[- ]?)(?:str\.?|stra(?:ß|ss)en?)", re.IGNORECASE)
_AND = re.compile(rf"([^\W_]{{1,3}})(?:{_SPACE}?&{_SPACE}?|{_SPACE}und{_SPACE})([^\W_]{{1,3}})", re.IGNORECASE)
_ENGLISH_AND = re.compile(rf"([^\W\d_]+){_SPACE}and{_SPACE}([^\W\d_]+)")


@lru_cache(maxsize=2_000)
def equivalents(text: str) -> tuple[str, ...]:
    """The other spellings of a word of a query or of an EXPRESSION, each once; at most MOST_EQUIVALENTS."""
    if len(text) > LONGEST:
        return ()
    found = (other for rule in _RULES for other in rule(text) if other != text)
    return tuple(islice(dict.fromkeys(found), MOST_EQUIVALENTS))


def noun_behind_ordinal(text: str) -> str:
    """The noun of *2. Weltkrieg*; "" of a date and of any other text."""
    match = _NUMBER_AND_NOUN.fullmatch(text)
    return match[2] if match and not _WORDS_OF_DATE.fullmatch(text) else ""


def _abbreviations(text: str) -> Iterator[str]:
    if _IS_DOTTED.fullmatch(text):
        yield re.sub(r"\W", "", text)
    first, hyphen, rest = text.partition("-")
    acronym = (first.isalpha() and first.isupper() and 2 <= len(first) <= 4) or first.lower() in _ACRONYMS
    if acronym and (rest or not hyphen):
        yield "".join(f"{letter}." for letter in first) + hyphen + rest
    elif hyphen and _IS_DOTTED.fullmatch(first):
        yield re.sub(r"\W", "", first) + hyphen + rest
    if text.lower().rstrip(".") in _ABBREVIATIONS:
        yield _ABBREVIATIONS[text.lower().rstrip(".")]
    yield from _SAME_AS.get(_bare(text), ())


def _in_one_or_two(text: str) -> Iterator[str]:
    """Aufgrund and auf Grund."""
    one = text.lower().replace(" ", "")
    if one in _IN_TWO:
        yield from (one, _IN_TWO[one])


def _ordinals(text: str) -> Iterator[str]:
    """2. Weltkrieg and Zweiter Weltkrieg."""
    if (match := _NUMBER_AND_NOUN.fullmatch(text)) and (written := ordinal(int(match[1]))):
        yield f"{written} {match[2]}"


def _letters_and_numbers(text: str) -> Iterator[str]:
    """A7 and A 7, 2G and 2 G, G20 and G-20; a longer word and a number only where they are written together."""
    if (match := _LETTERS_NUMBER.fullmatch(text)) and (not match[2] or len(match[1]) < 3 or match[2] == "-"):
        yield from (f"{match[1]}{match[3]}", f"{match[1]} {match[3]}")
    elif match := _NUMBER_LETTER.fullmatch(text):
        rest = match[4] or ""
        yield from (f"{match[1]}{match[3]}{rest}", f"{match[1]} {match[3]}{rest}")


def _paragraphs(text: str) -> Iterator[str]:
    if match := _NUMBER_OF_PARAGRAPH.fullmatch(text):
        yield from (f"{sign} {match[1]}{match[2]}" for sign in ("§", "Paragraph", "§§"))


def _dates(text: str) -> Iterator[str]:
    if match := _NUMBERS_OF_DATE.fullmatch(text):
        month, years = int(match[2]), _years(match[3])
    elif match := _WORDS_OF_DATE.fullmatch(text):
        month, years = _month(match[2] or match[3]), (int(match[4]),) if match[4] else ()
    else:
        return
    day = int(match[1])
    if 1 <= day <= 31 and 1 <= month <= 12:
        for year in years:
            yield from _of_year(day, month, year)
        # Only with its year a date is also two numbers, which may be anything.
        if not years and day <= _LAST_ORDINAL_OF_DATE:
            yield f"{ordinal(day)} {_MONTHS[month - 1]}"
        if not years:
            yield from (f"{day:{width}}. {name}" for name in _names_of_month(month) for width in ("", "02"))


def _of_year(day: int, month: int, year: int) -> Iterator[str]:
    """The spellings of a whole date, the commonest first."""
    names = _names_of_month(month)
    yield f"{day}. {names[0]} {year}"
    yield from (f"{day}.{month}.{year}", f"{day:02}.{month:02}.{year}", f"{year}-{month:02}-{day:02}")
    yield f"{day}.{month}.{year % 100:02}"
    yield from (f"{day}. {name} {year}" for name in names[1:])
    yield from (f"{day:02}. {names[0]} {year}", f"{day:02}.{month:02}.{year % 100:02}")


def _years(written: str) -> tuple[int, ...]:
    """The years that two digits can be, or the one that four are."""
    year = int(written)
    if len(written) > 2:
        return (year,)
    return (1900 + year, 2000 + year) if year <= _LATEST_SHORT_YEAR else (1900 + year,)


def _names_of_month(month: int) -> list[str]:
    """The name of a month, that in Austria, and the short ones."""
    short, austrian = _SHORT_MONTHS[month - 1], {1: ["Jänner"], 2: ["Feber"]}
    return [
        _MONTHS[month - 1],
        *austrian.get(month, ()),
        *([short] if short else ()),
        *(["Sept"] if month == 9 else ()),
    ]


def _month(written: str) -> int:
    """The number of a month by its name, or by how that begins."""
    beginning = written.lower().replace("ae", "ä")[:3]
    if beginning in ("jän", "mrz"):
        beginning = {"jän": "jan", "mrz": "mär"}[beginning]
    return next(number for number, name in enumerate(_MONTHS, start=1) if name.lower().startswith(beginning))


def _streets(text: str) -> Iterator[str]:
    if match := _STREET.fullmatch(text):
        yield from (f"{match[1]}str", f"{match[1]}straße")


def _ampersands(text: str) -> Iterator[str]:
    if match := _ENGLISH_AND.fullmatch(text):
        yield f"{match[1]} & {match[2]}"
    elif (match := _AND.fullmatch(text)) and 1 in (len(match[1]), len(match[2])):
        yield from (f"{match[1]}&{match[2]}", f"{match[1]} und {match[2]}")


_RULES = (
    _abbreviations,
    _in_one_or_two,
    _ordinals,
    _letters_and_numbers,
    _paragraphs,
    _dates,
    other_numbers,
    _streets,
    _ampersands,
    other_place_names,
)
