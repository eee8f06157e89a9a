"""Which persons, places and organisations does an archive name, and in how many articles?"""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from typing import Protocol

from marisa_trie import Trie

from search.article import ENTITY_TYPES
from search.engines.base import Engine, EngineRequest
from search.errors import BadRequest
from search.german.folding import fold
from search.german.tokens import TOKEN, normalise
from search.mapped import NUMBERS, Mapped, pack, packed_texts
from search.page import EntityCount
from search.query.terms import MatchAll

# Names of a type that every engine counts exactly; of rarer ones it gives what its vocabulary says.
COUNTED_EXACTLY = 10_000
MOST_NAMES = 5_000_000

Counted = Sequence[tuple[str, int]]  # names with their number of articles, the most frequent first


class NameLookup(Protocol):
    """What knows the names of an archive."""

    def find(self, type: str | None, prefix: str, limit: int) -> tuple[EntityCount, ...]:
        """The most frequent names of one of ENTITY_TYPES, or of all, with a word that begins so; BadRequest else."""
        ...


class Names:
    """All names of an archive, to be found by the beginning of any of their words."""

    def __init__(self, mapped: Mapped) -> None:
        self._ranked = {type: _NamesByFrequency(mapped, type) for type in ENTITY_TYPES}

    @classmethod
    def of(cls, counted: Mapping[str, Counted]) -> Names:
        """Names in memory, those of each type."""
        return cls(Mapped.of(pack_names(counted)))

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

    def __init__(self, mapped: Mapped, type: str) -> None:
        self._names = mapped.texts(type)
        self._words = mapped.texts(f"{type} words")
        self._counts = mapped.numbers(f"{type} counts")

    def starting_with(self, words: str, limit: int) -> list[tuple[str, int]]:
        """At most `limit` names in which `words` stand, the last of them as a beginning."""
        found: list[tuple[str, int]] = []
        number = -1
        while len(found) < limit and (number := self._words.find(f" {words}", number + 1)) < len(self._names):
            found.append((self._names[number], self._counts[number]))
        return found


def archive_names(engine: Engine) -> bytes:
    """The names of an archive, packed for a file."""
    return pack_names({type: _counted(engine, type) for type in ENTITY_TYPES})


def pack_names(counted: Mapping[str, Counted]) -> bytes:
    """Names of each type, packed for a file."""
    sections: dict[str, bytes | array[int]] = {}
    for type, names in counted.items():
        sections |= packed_texts(type, (name for name, _ in names))
        sections |= packed_texts(f"{type} words", (f" {_folded(name)}\n" for name, _ in names))
        sections[f"{type} counts"] = array(NUMBERS, (count for _, count in names))
    return pack(Trie(), sections, {})


def _folded(text: str) -> str:
    """The words of a name as all their spellings have them, parted by single spaces."""
    return " ".join(fold(normalise(token[0])) for token in TOKEN.finditer(text))


def _counted(engine: Engine, type: str) -> Counted:
    """Every name of a type with its number of articles, the most frequent first, ties by name."""
    lookup = EngineRequest(MatchAll(), size=0, facets={type: COUNTED_EXACTLY})
    exact = list(engine.search(lookup).facets[type])
    if len(exact) < COUNTED_EXACTLY:
        return exact
    known, most = {name for name, _ in exact}, exact[-1][1]
    # The vocabulary may still count articles that were replaced, and must not put a name before those counted.
    rest = [(name, min(count, most)) for name, count in engine.vocabulary(type, "", MOST_NAMES) if name not in known]
    return exact + sorted(rest, key=lambda counted: (-counted[1], counted[0]))
