"""Where does a recognised name begin and end? The recogniser cuts some names, and some into two."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from indexer.resolution.first_names import first_names
from indexer.resolution.found_names import FieldSpan, Texts, one_by_one
from indexer.resolution.institutions import whole_institution
from indexer.resolution.lists import listed_names
from indexer.resolution.persons import PARTICLES

_COMMA = ", "
# Rivers and landscapes that tell towns of one name apart. Not the states: *Weimar (Thüringen)* says where a town lies.
_TELLING = """
Aller Alz Dill Donau Dosse Eder Eger Elbe Elde Elster Ems Enz Fils Fulda Havel Ilm Inn Isar Jagst Kocher Lahn
Lech Leine Lippe Luhe Main Mosel Mulde Nahe Neckar Neiße Nied Oder Oker Rems Rhein Ruhr Rur Saale Saar Sieg
Spree Sulm Tauber Unstrut Warnow Werra Weser Wümme Allgäu Altmark Eichsfeld Eifel Erzgebirge Harz Hunsrück
Lausitz Niederlausitz Oberlausitz Odenwald Prignitz Rhön Sauerland Schwarzwald Spessart Spreewald Taunus
Uckermark Vogtland Westerwald
"""
_TELLS_APART = frozenset(_TELLING.split())
_IN_BRACKETS = re.compile(rf" \((?:{'|'.join(_TELLING.split())})\)")
# *Rothenburg ob der Tauber*: behind which what follows may belong to the name of a town, if a list has it.
_BEHIND_TOWN = re.compile(r" (?:(?:an|ob|in) der|unter) [A-ZÄÖÜ][\w-]+")
_SAINT = re.compile(r"\b(?:St\.|Sankt|Bad) $")
_REST_OF_NAME = re.compile(r"(?: (?:der|den|de|van|la))? [A-ZÄÖÜ]\w+(?:-[A-ZÄÖÜ]\w+)*")
_AROUND = " \t\n\"'„“”‚‘’»«›‹()[],;:/"
_BRACKETS = {")": "(", "]": "["}


def joined(texts: Texts, spans: Sequence[FieldSpan]) -> Iterator[FieldSpan]:
    """The spans, *Merkel* and *Angela* of *Merkel, Angela* as one, and *Frankfurt* and *Oder* of *Frankfurt (Oder)*."""

    def together(last: FieldSpan, span: FieldSpan) -> FieldSpan | None:
        text = texts[span.field].text
        is_one = _is_reversed(text, last, span) or _is_told_apart(text, last, span)
        return last._replace(end=span.end) if is_one else None

    return one_by_one(spans, together)


def _is_reversed(text: str, last: FieldSpan, first: FieldSpan) -> bool:
    """Whether two spans are a last name and, behind a comma, the first name of nobody else."""
    are_persons = first.type == last.type == "person"
    if not are_persons or first.field != last.field or text[last.end : first.start] != _COMMA:
        return False
    alone = " " not in text[last.start : last.end] and text[first.start : first.end] in first_names()
    # In *Müller, Anna und Karl* a list goes on, and *Müller, Angela, ...* may be one, too.
    line = (last.start == 0 or text[last.start - 1] in "\n(") and text[first.end : first.end + 1] in ("", "\n", ")")
    return alone and line


def _is_told_apart(text: str, town: FieldSpan, by: FieldSpan) -> bool:
    """Whether two spans are a town and what tells it from others: *Frankfurt (Oder)*, *Marburg/Lahn*, *Landau in der
    Pfalz*."""
    if not town.type == by.type == "place" or town.field != by.field:
        return False
    if by.end <= _long_town_end(text, town):
        return True
    if text[by.start : by.end] not in _TELLS_APART:
        return False
    between = text[town.end : by.start]
    return between == "/" or (between == " (" and text[by.end : by.end + 1] == ")")


def _long_town_end(text: str, town: FieldSpan) -> int:
    """Where the name of a town ends, with a river or a landscape behind it if the list has it so."""
    behind = _BEHIND_TOWN.match(text, town.end)
    return behind.end() if behind and is_long_town_name(text[town.start : behind.end()]) else town.end


def is_long_town_name(name: str) -> bool:
    """Whether a town is called so, with a river or a landscape: *Rothenburg ob der Tauber*."""
    return name in _long_town_names()


@cache
def _long_town_names() -> frozenset[str]:
    return listed_names("long_town_names.txt")


def whole_name(text: str, span: FieldSpan) -> tuple[int, str]:
    """Where the whole name begins, and its letters without quotes and brackets around them."""
    start, end = _whole_start(text, span), _whole_end(text, span)
    whole = text[start:end].strip(_AROUND)
    start = text.index(whole, start)
    return start, whole + _closing(whole, text[start + len(whole) : start + len(whole) + 1])


def _closing(name: str, following: str) -> str:
    """The bracket that belongs to a name, because it was opened in it: *Frankfurt (Oder)*."""
    opened = _BRACKETS.get(following)
    return following if opened and name.count(opened) > name.count(following) else ""


def _whole_start(text: str, span: FieldSpan) -> int:
    """Where a name begins: *St. Pölten*, not Pölten."""
    before = _SAINT.search(text, max(0, span.start - 6), span.start) if span.type == "place" else None
    return before.start() if before else span.start


def _whole_end(text: str, span: FieldSpan) -> int:
    """Where a name ends, which may go on behind a particle: *Alexander Van* der Bellen."""
    if span.type == "organisation":
        return whole_institution(text, span.start, span.end)
    if span.type == "place":
        told_apart = _IN_BRACKETS.match(text, span.end)
        return told_apart.end() if told_apart else _long_town_end(text, span)
    last = text[span.start : span.end].split()[-1:]
    unfinished = span.type == "person" and bool(last) and last[0].lower() in PARTICLES
    rest = _REST_OF_NAME.match(text, span.end) if unfinished else None
    return rest.end() if rest else span.end
