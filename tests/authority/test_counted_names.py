"""Names in arrays are what they would be in a dict."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from indexer.authority.counted_names import CountedNames
from indexer.authority.names_left import are_among, same_marks
from search.article import ENTITY_TYPES, EntityName

NAMES = st.builds(EntityName, st.sampled_from(ENTITY_TYPES), st.text("aßsS ü-", max_size=4))
MARKS = st.lists(st.integers(-3, 3), max_size=12)


@given(st.dictionaries(NAMES, st.integers(1, 2**40), max_size=12), NAMES)
def test_counted_names_are_a_mapping(counts: dict[EntityName, int], other: EntityName) -> None:
    """Names are found with their numbers of articles, in the order in which they came, and others are not."""
    names = CountedNames(counts.items())
    assert dict(names) == counts
    assert list(names.pairs()) == list(counts.items())
    assert [(names.name(number), names.count(number)) for number in range(len(names))] == list(counts.items())
    assert names.get(other) == counts.get(other)
    assert [name for name, is_so in zip(counts, names.are("place"), strict=True) if is_so] == [
        name for name in counts if name.type == "place"
    ]
    ends = names.end_in("s")
    assert all(is_so for name, is_so in zip(counts, ends, strict=True) if name.name.endswith("s"))


@given(MARKS, MARKS)
def test_what_has_a_mark_in_common_is_found(marks: list[int], wanted: list[int]) -> None:
    """All numbers with the same mark are together, and those by themselves only if asked for; 0 is no mark."""
    numbers = np.arange(len(marks)) + 5
    found = {mark: set(several.tolist()) for mark, several in same_marks(numbers, np.array(marks, np.int64))}
    together = {mark: {place + 5 for place, one in enumerate(marks) if one == mark} for mark in marks if mark}
    assert found == {mark: several for mark, several in together.items() if len(several) > 1}
    alone = same_marks(numbers, np.array(marks, np.int64), np.array(wanted, np.int64))
    assert {mark for mark, _ in alone} == found.keys() | (together.keys() & set(wanted))
    are_there = are_among(np.array(marks, np.int64), np.array(wanted, np.int64))
    assert are_there.tolist() == [mark in wanted for mark in marks]
