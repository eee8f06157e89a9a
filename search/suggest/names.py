"""Which persons, places and organisations does the archive name, and in how many articles?"""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate

from search.article import ENTITY_TYPES
from search.engines.base import Engine, EngineRequest
from search.errors import BadRequest
from search.german.folding import fold
from search.german.tokens import TOKEN, normalise
from search.page import EntityCount
from search.query.terms import MatchAll

# Names of a type that every engine counts exactly; of rarer ones it gives what its vocabulary says.
COUNTED_EXACTLY = 10_000
MOST_NAMES = 5_000_000


class NameIndex:
    """All names of an archive, to be found by the beginning of any of their words."""

    def __init__(self, engine: Engine) -> None:
        self._ranked = {type: _NamesByFrequency(_counted(engine, type)) for type in ENTITY_TYPES}

    def find(self, type: str | None, prefix: str, limit: int) -> tuple[EntityCount, ...]:
        """The most frequent names of one of ENTITY_TYPES, or of all, with a word that begins so; BadRequest else."""
        if type not in (None, *ENTITY_TYPES):
            raise BadRequest("type", f"type must be one of {', '.join(ENTITY_TYPES)}, not {type[:40]!r}.")
        words = _folded(prefix)
        if limit < 1 or (prefix.strip() and not words):
            return ()
        types = (type,) if type else ENTITY_TYPES
        found = [
            EntityCount(one, *counted) for one in types for counted in self._ranked[one].starting_with(words, limit)
        ]
        return tuple(sorted(found, key=lambda name: (-name.count, name.name, name.type))[:limit])


class _NamesByFrequency:
    """Names from the most frequent on, and all their words as one text.

    That text has a line for each name, so the first lines in which something is found are those
    of the most frequent names, and nothing else need be looked at.
    """

    def __init__(self, counted: list[tuple[str, int]]) -> None:
        lines = [f" {_folded(name)}\n" for name, _ in counted]
        self._counted = counted
        self._text = "".join(lines)
        self._ends = list(accumulate(map(len, lines)))

    def starting_with(self, words: str, limit: int) -> list[tuple[str, int]]:
        """At most `limit` names in which `words` stand, the last of them as a beginning."""
        found: list[tuple[str, int]] = []
        place = 0
        while len(found) < limit and (place := self._text.find(f" {words}", place)) >= 0:
            line = bisect_right(self._ends, place)
            found.append(self._counted[line])
            place = self._ends[line]
        return found


def _folded(text: str) -> str:
    """The words of a name as all their spellings have them, parted by single spaces."""
    return " ".join(fold(normalise(token[0])) for token in TOKEN.finditer(text))


def _counted(engine: Engine, type: str) -> list[tuple[str, int]]:
    """Every name of a type with its number of articles, the most frequent first, ties by name."""
    lookup = EngineRequest(MatchAll(), size=0, facets={type: COUNTED_EXACTLY})
    exact = list(engine.search(lookup).facets[type])
    if len(exact) < COUNTED_EXACTLY:
        return exact
    known, most = {name for name, _ in exact}, exact[-1][1]
    # The vocabulary may still count articles that were replaced, and must not put a name before those counted.
    rest = [(name, min(count, most)) for name, count in engine.vocabulary(type, "", MOST_NAMES) if name not in known]
    return exact + sorted(rest, key=lambda counted: (-counted[1], counted[0]))
