"""Which hits of a list are no copies of others in it? Of each family the earliest member that answers.

No engine knows families. So a list is read in pieces, and of each piece those are left out of whose family an earlier
article answers, too: one query more for a piece. That does not depend on where a page begins, so a list can be walked
both ways, and has each family once, at the place of its first article.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from search.cursor import position
from search.deadline import check_deadline, time_is_short
from search.engines.base import Engine, EngineRequest, EngineResult, ListPosition, Match
from search.families.reading import FamilyLookup
from search.hits.hit import to_hit
from search.page import Neighbours
from search.query.terms import Terms
from search.retrieval import having_ids

PIECE = 20  # articles that are read at once, at least; then twice as many, as engines read a list from its beginning
MOST_PIECE = 500
READING_SHARE = 0.7  # of the time until the deadline, after which a page is left as short as it is
MOST_READ = 2000  # of a list for one page, which may then be shorter than asked

Listing = Callable[[EngineRequest], EngineResult]


@dataclass(frozen=True, slots=True)
class Part:
    """The hits of a page with their ranks among all articles, and where the pages before and behind it begin."""

    matches: tuple[Match, ...]
    ranks: tuple[int, ...]
    previous: ListPosition | None
    next: ListPosition | None


def whole_part(found: EngineResult, asked: EngineRequest) -> Part:
    """The part of a list with all copies, as an engine has answered."""
    first = _first_rank(found, asked)
    ranks = tuple(range(first, first + len(found.matches)))
    edges = [position(match, rank) for match, rank in zip(found.matches, ranks, strict=True)]
    has_previous, has_next = edges and first > 1, edges and ranks[-1] < found.total
    return Part(found.matches, ranks, edges[0] if has_previous else None, edges[-1] if has_next else None)


def _first_rank(found: EngineResult, asked: EngineRequest) -> int:
    """The rank of the first hit of a page."""
    if asked.after is None:
        return 1
    if not asked.back:
        return asked.after.seen + 1
    shown = len(found.matches)
    return max(1, asked.after.seen - shown) if shown == asked.size else 1


def collapsed(engine: Engine, families: FamilyLookup, listing: Listing, asked: EngineRequest) -> Part:
    """The page of a list that `asked` asks for, without copies of earlier articles that answer. Raises TooExpensive."""
    kept: list[tuple[int, Match]] = []
    after, seen, read = asked.after, asked.after.seen if asked.after else 0, 0
    step, size, is_end = -1 if asked.back else 1, max(asked.size + 1, PIECE), False
    while len(kept) <= asked.size and read < MOST_READ and not is_end and not (kept and time_is_short(READING_SHARE)):
        check_deadline("leaving out copies")
        matches = listing(replace(asked, size=size, after=after)).matches[::step]
        copies = _copies(engine, families, asked.terms, matches)
        kept += [(seen + step * (place + 1), match) for place, match in enumerate(matches) if match.id not in copies]
        is_end = len(matches) < size
        size = min(2 * size, max(MOST_PIECE, asked.size + 1))
        read += len(matches)
        seen += step * len(matches)
        after = position(matches[-1], max(1, seen)) if matches else after
    shown = kept[: asked.size]
    edges = [position(match, max(1, rank)) for rank, match in shown[:1] + shown[-1:]]
    onward = edges[-1] if len(kept) > asked.size else after if not is_end else None
    back = edges[0] if edges and asked.after else None
    shown = shown[::step]
    return Part(
        tuple(match for _, match in shown),
        tuple(rank for rank, _ in shown),
        previous=onward if asked.back else back,
        next=back if asked.back else onward,
    )


def around(whole: Neighbours, before: Part, behind: Part, rank: int) -> Neighbours:
    """The neighbours of a hit of this rank in a collapsed list, by the parts of it on both sides, of one hit each."""
    previous, following = (to_hit(part.matches[0]) if part.matches else None for part in (before, behind))
    return Neighbours(
        whole.total,
        previous,
        following,
        before=max(1, rank - before.ranks[0]) if before.ranks else 1,
        behind=max(1, behind.ranks[0] - rank) if behind.ranks else 1,
    )


def _copies(engine: Engine, families: FamilyLookup, terms: Terms, matches: Sequence[Match]) -> set[str]:
    """The ids of those of whose family an earlier article answers, too."""
    members = {id: found.ids for id, found in families.of_several(match.id for match in matches).items()}
    asked = sorted({id for ids in members.values() for id in ids})
    if not asked:
        return set()
    answering = {match.id for match in having_ids(engine, terms, asked)}
    earliest = {id: next((other for other in ids if other in answering), id) for id, ids in members.items()}
    return {id for id, first in earliest.items() if first != id}
