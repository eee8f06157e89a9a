"""Which other names has a place? Kyiv is Kiew, Lviv is Lemberg: groups of names from a list of our own."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from search.german.tokens import normalise

_LIST = Path(__file__).parent / "data" / "place_names.txt"


def other_place_names(text: str) -> Iterator[str]:
    """The other names of the place that a word names, in any case: Kyivs has those of Kyiv."""
    name = normalise(text) if text else ""
    yield from _groups().get(name) or _groups().get(name.removesuffix("s")) or ()


@lru_cache(maxsize=1)
def _groups() -> dict[str, tuple[str, ...]]:
    """The other names of each place by each of its names."""
    lines = (line.partition("#")[0].strip() for line in _LIST.read_text(encoding="utf-8").splitlines())
    groups = [tuple(name.strip() for name in line.split(",")) for line in lines if line]
    return {normalise(name): tuple(other for other in group if other != name) for group in groups for name in group}
