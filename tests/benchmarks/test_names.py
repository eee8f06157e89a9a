"""The judgements of names are sound, and what they measure is counted right."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

from bench.names import Tally
from search.article import ENTITY_TYPES

JUDGED = tomllib.loads((Path(__file__).parents[2] / "bench/judged_names.toml").read_text(encoding="utf-8"))


def verdicts() -> Iterator[dict[str, list[str]]]:
    """All verdicts, for each article and type, and for the values of facets."""
    for by_type in (*JUDGED["articles"].values(), JUDGED["values"]):
        assert set(by_type) <= set(ENTITY_TYPES)
        yield from by_type.values()


def test_no_name_is_right_and_wrong() -> None:
    """A name has one verdict in its place, right or wrong."""
    for each in verdicts():
        assert set(each) <= {"right", "wrong"}
        names = [*each.get("right", ()), *each.get("wrong", ())]
        assert len(set(names)) == len(names)


def test_names_are_counted_by_their_verdict() -> None:
    """Precision is of the names with a verdict, and what has none is told apart."""
    tally = Tally(known=4)
    tally.add("1", ["Berlin", "Oder", "Bonn", "Neu"], {"right": ["Berlin", "Bonn", "Köln"], "wrong": ["Oder"]})
    assert (tally.right, tally.wrong, tally.unjudged) == (
        [("1", "Berlin"), ("1", "Bonn")],
        [("1", "Oder")],
        [("1", "Neu")],
    )
    assert tally.row("x") == "| x | 4 | 2 | 1 | 1 | 66.7 % | 50.0 % |"
