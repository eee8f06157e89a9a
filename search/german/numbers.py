"""How else can a number be written with what it counts? 7-Tage and Sieben-Tage, 5 % and 5 Prozent, 80er-Jahre.

Only small numbers are written in words, so only those have other spellings here; and only with the word they count,
as a bare *drei* is hardly ever asked for as 3.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_ONES = "null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf".split()
_TEENS = {13: "dreizehn", 14: "vierzehn", 15: "fünfzehn", 16: "sechzehn", 17: "siebzehn", 18: "achtzehn",
          19: "neunzehn"}  # fmt: skip
_TENS = {20: "zwanzig", 30: "dreißig", 40: "vierzig", 50: "fünfzig", 60: "sechzig", 70: "siebzig", 80: "achtzig",
         90: "neunzig"}  # fmt: skip


def _words() -> dict[int, str]:
    """The numbers below 100 in words."""
    words = {**dict(enumerate(_ONES)), **_TEENS}
    for ten, word in _TENS.items():
        words[ten] = word
        words |= {ten + one: f"{'ein' if one == 1 else _ONES[one]}und{word}" for one in range(1, 10)}
    return words


IN_WORDS = _words()
_IRREGULAR_ORDINALS = {1: "erster", 3: "dritter", 7: "siebter", 8: "achter"}
IN_FIGURES = {word: str(number) for number, word in IN_WORDS.items()} | {"hundert": "100", "tausend": "1000"}
_WORDS_OF = {figures: word for word, figures in IN_FIGURES.items()}
# The long words first, as an expression takes the first that fits; ein and eins are no numbers that are counted with.
NUMBER_WORD = "|".join(sorted((word for word in IN_FIGURES if word != "eins"), key=len, reverse=True))

# The units behind a number, each with its other spellings.
_UNITS = (
    ("Prozent", "%"), ("Euro", "€", "EUR"), ("Dollar", "$", "US-Dollar"), ("Promille", "‰"), ("Millionen", "Mio."),
    ("Milliarden", "Mrd."), ("Billionen", "Bio."), ("Kilometer", "km"), ("Meter", "m"), ("Zentimeter", "cm"),
    ("Millimeter", "mm"), ("Kilogramm", "kg", "Kilo"), ("Gramm", "g"), ("Liter", "l"), ("Hektar", "ha"),
    ("Quadratmeter", "qm", "m²"), ("Quadratkilometer", "km²"), ("Kubikmeter", "m³"), ("Stundenkilometer", "km/h"),
    ("Kilowattstunden", "kWh"), ("Kilowatt", "kW"), ("Megawatt", "MW"), ("Gigawatt", "GW"), ("Minuten", "Min."),
    ("Stunden", "Std."), ("Grad", "°C"), ("Tage",), ("Tagen",), ("Wochen",), ("Monate",), ("Monaten",), ("Jahre",),
    ("Jahren",),
)  # fmt: skip
_SAME_UNIT = {spelling.lower().rstrip("."): names for names in _UNITS for spelling in names}
UNIT = "|".join(re.escape(unit) for unit in sorted(_SAME_UNIT, key=len, reverse=True))

_AMOUNT = re.compile(rf"(?i:({NUMBER_WORD}|\d[\d.,]*\d|\d)[ \u00a0]?({UNIT}))\.?")
_FIRST_OF_CHAIN = re.compile(rf"(?i:({NUMBER_WORD}|\d{{1,4}}))-(?=[^\W\d_])")
# What is written together with a number in words: Siebzehnjähriger, dreiköpfig.
_COUNTED = (
    r"(?:jährig|köpfig|tägig|stündig|minütig|sekündig|wöchig|monatig|prozentig|stellig|teilig|seitig|stöckig|gradig"
    r"|spurig|geschossig|stufig|zeilig|bändig|sitzig|silbig)\w{0,3}|fach\w{0,2}|mal|tausend"
)
_TOGETHER = re.compile(rf"(?i:({NUMBER_WORD}|\d{{1,4}})-?({_COUNTED}))")
_DECADE = re.compile(
    rf"(?i:({'|'.join(_TENS.values())}|[2-9]0)er(?:[- ]?(?:jahr(?:e|en|es|s)?))?)"
)  # fmt: skip
# What is counted in a compound: Fünf|prozent|hürde, 100-Meter-Lauf, Vier-Tage-Woche.
_IN_COMPOUND = (
    f"{UNIT}|wochen?|monats|jahres|sekunden|punkte|plätze|zimmer|personen|sterne|parteien|länder|staaten|stufen|seiten"
    "|teile|klassen|köpfe|mann|frauen|räume|wege"
)
_COMPOUND = re.compile(rf"(?i:({NUMBER_WORD}|\d[\d.,]*\d|\d)[- ]?({_IN_COMPOUND})-?([^\W\d_]{{3,}}))")
_GROUPED = re.compile(r"(\d{1,3})[.,](\d{3})")
_DECIMAL = re.compile(r"\d+[.,]\d{1,2}")
_POINT_AND_COMMA = str.maketrans(".,", ",.")


def ordinal(number: int) -> str:
    """An ordinal number below 100 in words, as it stands without an article; "" if it is none."""
    if not 0 < number < 100:
        return ""
    return _IRREGULAR_ORDINALS.get(number) or IN_WORDS[number] + ("ter" if number < 20 else "ster")


def other_numbers(text: str) -> Iterator[str]:
    """Other spellings of a number with what it counts: texts to be looked up as phrases or words."""
    if (match := _AMOUNT.fullmatch(text)) and not _is_no_unit(match[1], text, match[2]):
        yield from _amounts(match[1], _SAME_UNIT[match[2].lower().rstrip(".")])
    elif match := _DECADE.fullmatch(text):
        yield from _decades(match[1].lower())
    elif match := _TOGETHER.fullmatch(text):
        yield from (f"{number}-{match[2]}" for number in _both(match[1]))
        yield from (f"{number}{match[2]}" for number in _both(match[1]))
    elif match := _COMPOUND.fullmatch(text):
        yield from _compounds(match[1], match[2], match[3])
    elif match := _FIRST_OF_CHAIN.match(text):
        yield from (f"{number}-{text[match.end() :]}" for number in _both(match[1])[1:])
    elif match := _GROUPED.fullmatch(text):  # 10,000 as in English
        yield from (match[1] + match[2], f"{match[1]},{match[2]}")


def _is_no_unit(number: str, text: str, unit: str) -> bool:
    """Whether a single letter is no unit: 2G and 2 G are rules, 5G a network; but 4 l are litres, and 100m metres."""
    return len(unit) == 1 and unit.isalpha() and (unit.isupper() or (len(number) == 1 and text[-2].isdigit()))


def _both(number: str) -> tuple[str, ...]:
    """A number as given, and in words or in figures, if it has both."""
    number = number.lower()
    if _DECIMAL.fullmatch(number):  # 1.5 as in English
        return number, number.translate(_POINT_AND_COMMA)
    other = IN_FIGURES.get(number) or _WORDS_OF.get(number)
    return (number, other) if other else (number,)


def _amounts(number: str, units: tuple[str, ...]) -> Iterator[str]:
    for written in _both(number):  # no sign or short form stands behind a number in words
        names = units if written[0].isdigit() else units[:1]
        yield from (f"{written} {unit}" for unit in names)
        yield from (f"{written}{unit}" for unit in names[1:] if _is_short(unit))


def _is_short(unit: str) -> bool:
    """Whether a unit may be written together with its number: 100m, 5km."""
    return unit.isalpha() and unit.islower() and len(unit) < 3


def _compounds(number: str, unit: str, rest: str) -> Iterator[str]:
    """The compounds of a number, what it counts, and a head: joined, and with hyphens."""
    units = _SAME_UNIT.get(unit.lower(), (unit,))
    for written in _both(number):
        if written[0].isdigit():
            yield from (f"{written}-{one}-{rest}" for one in units)
            yield from (f"{written}{one}-{rest}" for one in units[1:] if _is_short(one))
        else:
            yield f"{written}{units[0]}{rest}".lower()
            yield f"{written}-{units[0]}-{rest}"


def _decades(decade: str) -> Iterator[str]:
    figures = IN_FIGURES.get(decade, decade)
    word = _WORDS_OF.get(figures, decade)
    # No bare 80er: it mostly is a mark or a limit.
    yield from (f"{figures}er Jahre", f"{figures}er-Jahre", f"{word}erjahre", f"{word}er Jahre", f"{word}er-Jahre")
