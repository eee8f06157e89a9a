"""Ids with their numbers, in little memory."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.store import id_table
from search.store.id_table import IdTable

NUMBERS = st.integers(0, 2**32 - 1)


@given(st.lists(st.tuples(st.text(max_size=3), NUMBERS), max_size=40), st.text(max_size=3))
def test_a_table_is_a_dict(put: list[tuple[str, int]], other: str) -> None:
    """Each id has the number that it was given last, others have none, however full the table was."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(id_table, "_FIRST_SIZE", 2)
        table, expected = IdTable(), dict[str, int]()
        for id, number in put:
            table.put(id, number)
            expected[id] = number
            assert id in table
    assert {id: table.get(id) for id in expected} == expected
    assert table.get(other) == expected.get(other)
    assert sorted(table.numbers()) == sorted(expected.values())


def test_ids_of_the_same_place_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ids that belong at one place of the table, or whose hash is none, have numbers of their own."""
    hashes = {"a": 0, "b": 1 << 40, "c": 2 << 40, "d": -5}
    monkeypatch.setattr(id_table, "hash", hashes.__getitem__, raising=False)
    table = IdTable()
    for number, id in enumerate(hashes):
        table.put(id, number)
    assert [table.get(id) for id in hashes] == [0, 1, 2, 3]
