"""What belongs to somebody is no part of his name: *Spahns Ministerium* names Spahn, *Dortmunds Haaland* two."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from indexer.resolution.aliases import Aliases
from indexer.resolution.cache import cached_by_name
from indexer.resolution.first_names import first_names
from indexer.resolution.found_names import FoundName
from indexer.resolution.nouns import is_noun


def without_possessed(found: Sequence[FoundName], aliases: Aliases) -> list[FoundName]:
    """The names found in an article; of one that begins with another in the genitive, that other one.

    The other must be named by itself too, or be known: *Paris* in *Paris Saint-Germain* and *Lukas* are nobody's. What
    follows is a name as well if it is a person's and no common noun; a noun is none elsewhere either.
    """
    possible = {one.written for one in found if not one.fixed and _may_begin_with_owner(one.written)}
    types = _types(found) if possible else {}
    owners = {written: owner for written in possible if (owner := _owner(written, types, aliases))}
    if not owners:
        return list(found)
    nouns = {_possessed(written) for written in owners if is_noun(_possessed(written))}
    return [
        part
        for one in found
        if one.written not in nouns
        for part in (_parts(one, owners[one.written], nouns, aliases) if one.written in owners else (one,))
    ]


def _possessed(written: str) -> str:
    return written.partition(" ")[2]


@cached_by_name
def _may_begin_with_owner(written: str) -> bool:
    """Whether the first of several words may be a name in the genitive."""
    first, _, rest = written.partition(" ")
    return bool(rest) and first.endswith("s") and first[:1].isupper() and first not in first_names()


def _owner(written: str, types: Mapping[str, str], aliases: Aliases) -> str | None:
    """The type of whom the first word of a name names by itself, None if it names nobody."""
    bare = written.partition(" ")[0][:-1]
    known = aliases.find(bare)
    return known.type if known else types.get(bare)


def _types(found: Sequence[FoundName]) -> dict[str, str]:
    """The types of the names of one word, and of the last names of persons."""
    types = {one.written: one.span.type for one in found if " " not in one.written}
    return types | {one.written.split()[-1]: "person" for one in found if one.span.type == "person"}


def _parts(one: FoundName, type: str, nouns: set[str], aliases: Aliases) -> Iterator[FoundName]:
    """The owner, and the person behind it."""
    first, rest = one.written.partition(" ")[0], _possessed(one.written)
    end = one.span.start + len(first)
    yield FoundName(one.span._replace(end=end, type=type), first[:-1], aliases.find(first[:-1]))
    if one.span.type == "person" and rest not in nouns:
        yield FoundName(one.span._replace(start=one.span.end - len(rest)), rest, aliases.find(rest))
