"""A query written for the reader: of the boxes of the advanced form, and of a query within the hits of another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from web.translation import N_, Words

_QUOTES = frozenset('"„“”‟«»')
_SYNTAX = re.compile(r"""["„“”‟«»()\[\]:=+,;&|]""")
_OPERATORS = {"UND", "ODER", "NICHT", "AND", "OR", "NOT"}
_JOINING = {"und", "and"}  # all of the words are wanted anyway, and in a headline few have this one
_PLAIN = re.compile(r"[\w*?~.-]+")
MOST_TYPED = 200  # characters in a box


@dataclass(frozen=True, slots=True)
class Box:
    """A box of the form: its name in the address, and what stands beside it, in German."""

    name: str
    label: str
    hint: str = ""


# For a query that the other boxes cannot say; what they say is asked besides.
QUERY_BOX = Box("q", N_("Bisherige Suche"), N_("gilt weiterhin, zusammen mit dem Folgenden"))
WORD_BOXES = (
    Box("alle", N_("Alle diese Wörter"), N_("in beliebiger Reihenfolge")),
    Box("folge", N_("Genau diese Wortfolge"), N_("ohne Anführungszeichen")),
    Box("eines", N_("Mindestens eines dieser Wörter")),
    Box("keines", N_("Keines dieser Wörter")),
)
PLACES = Words({"": N_("im ganzen Artikel"), "titel": N_("nur in der Überschrift"), "text": N_("nur im Text")})
FIELD = "feld_"  # before a field of the query language: without it, `person` is a filter of the search
FIELD_BOXES = (
    Box(FIELD + "person", N_("Person")),
    Box(FIELD + "ort", N_("Ort")),
    Box(FIELD + "organisation", N_("Organisation")),
    Box(FIELD + "autor", N_("Autor")),
    Box(FIELD + "quelle", N_("Quelle")),
    Box(FIELD + "ressort", N_("Ressort")),
)


def is_filled(form: Mapping[str, str]) -> bool:
    """Whether these are the boxes of the form, which a browser sends empty, too."""
    return any(box.name in form for box in (*WORD_BOXES, *FIELD_BOXES))


def filled_in(text: str) -> dict[str, str]:
    """What stands in the boxes for a query: plain words in the first, anything else as it is in QUERY_BOX."""
    words = text.split()
    plain = len(text) <= MOST_TYPED and all(_PLAIN.fullmatch(word) and word[0] not in "-~" for word in words)
    return {WORD_BOXES[0].name if plain and not _OPERATORS.intersection(words) else QUERY_BOX.name: text}


def written(form: Mapping[str, str]) -> str:
    """The query that asks what the boxes of the form say, by their names; `stelle` is one of PLACES."""
    wanted = [*_words(form), *_fields(form)]
    unwanted = " ".join(f"-{word}" for word in _split(form.get("keines", "")))
    query, boxes = form.get(QUERY_BOX.name, "").strip(), " ".join(filter(None, (" UND ".join(wanted), unwanted)))
    return within(query, boxes) if query and boxes else query or boxes


def within(text: str, more: str) -> str:
    """The query that finds what both queries find."""
    parts = (_closed(part.strip()) for part in (text, more))
    return " UND ".join(part if _PLAIN.fullmatch(part) else f"({part})" for part in parts if part)


def _closed(text: str) -> str:
    """A query with its quotes and parentheses closed, so that they do not reach into what is written behind it."""
    kept, depth, quoted = list[str](), 0, False
    for sign in text:
        if sign in _QUOTES:
            quoted = not quoted
        elif not quoted and sign in "()":
            if sign == ")" and not depth:
                continue
            depth += 1 if sign == "(" else -1
        kept.append(sign)
    return "".join(kept) + '"' * quoted + ")" * depth


def _words(form: Mapping[str, str]) -> Iterator[str]:
    """What is asked of the words, each part at the chosen place of the article."""
    place = form.get("stelle", "")
    field = f"{place}:" if place in PLACES and place else ""
    words = _split(form.get("alle", ""))
    yield from (f"{field}{word}" for word in words if word.lower() not in _JOINING or len(words) == 1)
    if phrase := " ".join(_split(form.get("folge", ""))):
        yield f'{field}"{phrase}"'
    if any_of_them := _split(form.get("eines", "")):
        joined = " ODER ".join(any_of_them)
        yield f"{field}({joined})" if len(any_of_them) > 1 else f"{field}{joined}"


def _fields(form: Mapping[str, str]) -> Iterator[str]:
    for box in FIELD_BOXES:
        if words := _split(form.get(box.name, "")):
            field = box.name.removeprefix(FIELD)
            yield f"{field}:{words[0]}" if len(words) == 1 else f'{field}:"{" ".join(words)}"'


def _split(typed: str) -> list[str]:
    """The words of a box, without what would mean something in a query; stars and tildes stay."""
    words = (word.lstrip("-~") for word in _SYNTAX.sub(" ", typed).split())
    return [word.lower() if word in _OPERATORS else word for word in words if re.search(r"\w", word)]
