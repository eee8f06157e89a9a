"""Levels of what is known of copies, merged block by block, hold what the rows that were put say."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.families import merging
from search.families.levels import Level, newest
from search.families.merging import GROWTH, added, merged
from search.families.traits import DAY, GONE, key_of
from search.mapped import Buffer, Mapped

Row = tuple[int, int, tuple[int, ...]]  # day, value, sampled hashes

ROWS = st.builds(
    lambda day, value, hashes: (day, value, tuple(sorted(hashes)) if value != GONE else ()),
    st.integers(0, 3), st.sampled_from([1, 2, 3, int(GONE)]), st.sets(st.integers(0, 9), max_size=4),
)  # fmt: skip
COMMITS = st.lists(st.dictionaries(st.sampled_from([f"ä{n}" for n in range(12)]), ROWS, min_size=1), max_size=8)


def in_memory(_: int, content: Iterable[Buffer]) -> Level:
    return Level.read(Mapped.of(b"".join(content)))


def level_of(rows: dict[str, Row]) -> Level:
    return Level.of((id, day * DAY, value, hashes) for id, (day, value, hashes) in rows.items())


def rows_of(level: Level) -> dict[str, Row]:
    """What a level says of each article, by its postings: whatever is not in order is an error."""
    assert sorted(level.keys.tolist()) == level.keys.tolist() == [key_of(id) for id in level.ids]
    assert sorted(level.postings.tolist()) == level.postings.tolist()
    hashes: dict[int, list[int]] = {place: [] for place in range(len(level))}
    for posting, owner in zip(level.postings.tolist(), level.owners.tolist(), strict=True):
        assert posting & 0xFFFFFFFF == level.moments[owner] // DAY
        hashes[owner].append(posting >> 32)
    assert level.sizes.tolist() == [len(found) for found in hashes.values()]
    columns = zip(level.ids, level.moments.tolist(), level.values.tolist(), hashes.values(), strict=True)
    return {id: (moment // DAY, value, tuple(found)) for id, moment, value, found in columns}


@given(COMMITS, st.sampled_from([1, 2, 5, 1 << 18]))
def test_levels_hold_what_was_put(commits: list[dict[str, Row]], block: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(merging, "BLOCK", block)
        levels: list[Level] = []
        known: dict[str, Row] = {}
        for commit in commits:
            levels = added(levels, level_of(commit), in_memory)
            known |= commit
    found: dict[str, Row] = {}
    for level in levels:
        found |= rows_of(level)
    living = {id: row for id, row in known.items() if row[1] != GONE}
    assert {id: row for id, row in found.items() if row[1] != GONE} == living
    ids = sorted(known)
    values, moments = newest(levels, np.array([key_of(id) for id in ids], np.uint64))
    assert values.tolist() == [known[id][1] for id in ids]
    assert [moment for id, moment in zip(ids, moments.tolist(), strict=True) if id in living] == [
        known[id][0] * DAY for id in ids if id in living
    ]
    assert all(len(one) >= GROWTH * len(other) for one, other in pairwise(levels))


@given(st.lists(st.dictionaries(st.sampled_from("abcdef"), ROWS, min_size=1), min_size=1, max_size=4))
def test_levels_written_as_one_hold_the_living_only(commits: list[dict[str, Row]]) -> None:
    one, known = Level.of(()), dict[str, Row]()
    for commit in commits:
        one = in_memory(0, merged(one, level_of(commit), is_oldest=True))
        known |= commit
    assert rows_of(one) == {id: row for id, row in known.items() if row[1] != GONE}


@given(st.dictionaries(st.sampled_from("abcdef"), st.tuples(st.integers(0, 3), st.integers(1, 2)), min_size=1), ROWS)
def test_members_of_a_family_stand_together_the_earliest_first(members: dict[str, tuple[int, int]], row: Row) -> None:
    older = Level.of((id, day * DAY, family, ()) for id, (day, family) in members.items())
    newer = Level.of([("a", row[0] * DAY, row[1], ())])
    both = in_memory(0, merged(older, newer, is_oldest=False))
    now = {**members, "a": row[:2]}
    for family in {family for _, family in now.values()}:
        places = both.family(family).tolist()
        days = [now[both.ids[place]][0] for place in places]
        assert {both.ids[place] for place in places} == {id for id, (_, own) in now.items() if own == family}
        assert days == sorted(days, key=lambda day: day or 9)  # who has no date comes last
