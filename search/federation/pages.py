"""Which hits make the page of several lists? The first of all of them behind a position, or the last before it.

Hits that are equal by score and day stand in the order of the archives, and those of one archive by their ids.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from search.engines.base import EngineRequest, ListPosition, Match, sort_key
from search.federation.ids import joined, own_id
from search.federation.member import Member
from search.query.terms import Keyword, Terms, all_of
from search.store.entry import with_id

_BEFORE_ALL, _BEHIND_ALL = "", "\U0010ffff"  # ids that stand before and behind those of any article


def position_now(members: Sequence[Member], asked: Sequence[Terms], request: EngineRequest) -> ListPosition | None:
    """The position behind which, or before which, a page is asked for, with the score and day that its hit has now."""
    after = request.after
    place = _place_of(members, after) if after else None
    if after is None or place is None:
        return after
    itself = all_of([asked[place], Keyword("id", own_id(members[place].name, after.id) or "")])
    found = members[place].search(EngineRequest(itself, sort=request.sort, size=1)).matches
    return replace(after, score=found[0].score, day=found[0].day) if found else after


def own_positions(members: Sequence[Member], after: ListPosition | None) -> list[ListPosition | None]:
    """Where the page begins in the list of each archive; it stands `seen` hits from the beginning at most."""
    place = _place_of(members, after) if after else None
    if after is None:
        return [None] * len(members)
    if place is None:  # of an archive that is gone: its hits would stand before all others
        return [replace(after, id=_BEFORE_ALL) for _ in members]
    own = own_id(members[place].name, after.id) or ""
    ids = [_BEHIND_ALL] * place + [own] + [_BEFORE_ALL] * (len(members) - place - 1)
    return [replace(after, id=id) for id in ids]


def first_of_all(members: Sequence[Member], pages: Sequence[Sequence[Match]], request: EngineRequest) -> list[Match]:
    """The hits of the page of all, from the page of each archive; their ids are those among all."""
    rows = sorted(
        (sort_key(request.sort, match.score, match.day, "")[:2], place, number, match)
        for place, matches in enumerate(pages)
        for number, match in enumerate(matches)
    )
    shown = rows[max(0, len(rows) - request.size) :] if request.back and request.after else rows[: request.size]
    return [_of_all(members[place].name, match) for _, place, _, match in shown]


def in_turns(lists: Iterable[tuple[Sequence[str], Mapping[str, int]]]) -> list[str]:
    """The ids of all lists, of which each has the newest first, with so many of each year and those without a date.

    The newest year comes first. Within a year the lists take turns, in proportion to their lengths.
    """
    rows = []
    for place, (ids, years) in enumerate(lists):
        first = 0
        for year, number in (*sorted(years.items(), reverse=True), ("0", len(ids))):
            some = ids[first : first + number]
            rows += [(-int(year), rank / number, place, id) for rank, id in enumerate(some)]
            first += number
    return [id for *_, id in sorted(rows)]


def _of_all(name: str, match: Match) -> Match:
    id = joined(name, match.id)
    return replace(match, id=id, stored=with_id(match.stored, id))


def _place_of(members: Sequence[Member], position: ListPosition) -> int | None:
    """The place of the archive that has the hit of a position."""
    return next((place for place, one in enumerate(members) if own_id(one.name, position.id) is not None), None)
