"""Names are called across an archive as cases.toml says, and by no rule in two ways."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.authority.counted_names import CountedNames
from indexer.authority.names_left import Evidence
from indexer.authority.rules import authorised
from indexer.authority.usual_names import usual_name
from indexer.resolution.aliases import Canonical, known_names, spelling_key
from search.article import ENTITY_TYPES, EntityName
from search.store.evidence import name_of, name_value

CASES = tomllib.loads((Path(__file__).parent / "cases.toml").read_text(encoding="utf-8"))["case"]


def evidence(case: Mapping[str, Any]) -> Evidence:
    explained = {
        (name_of(short), name_of(short)._replace(name=name)): count
        for short, meant_by in case.get("explained", {}).items()
        for name, count in meant_by.items()
    }
    refused = set(map(name_of, case.get("refused", ())))
    apart = {(written, name_of(other)) for written, other in case.get("apart", {}).items()}
    return Evidence(
        found=CountedNames((name_of(name), count) for name, count in case["found"].items()),
        explained=explained,
        fixed=set(map(name_of, case.get("fixed", ()))),
        refused=refused.__contains__,
        refused_as=lambda found, listed: (found.name, listed) in apart,
        is_no_name=set(map(name_of, case.get("common", ()))).__contains__,
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_names_are_called_as_the_cases_say(case: dict[str, Any]) -> None:
    """What is listed in place of each name is what the case says, whatever order the names come in."""
    asked = evidence(case)
    called = {name_value(name): name_value(other) if other else "none" for name, other in authorised(asked).items()}
    assert called == case.get("called", {})
    backwards = Evidence(CountedNames(reversed(list(asked.found.pairs()))), asked.explained, asked.fixed, asked.refused,
                         asked.refused_as, asked.is_no_name)  # fmt: skip
    assert authorised(backwards) == authorised(asked)


def test_what_a_short_form_means_is_listed_itself() -> None:
    """No short form leads to another one, or to a name that the program calls otherwise; none is a name by itself."""
    path = Path(__file__).parents[2] / "indexer/resolution/data/usual_names.toml"
    for type, names in tomllib.loads(path.read_text(encoding="utf-8")).items():
        for name, shorts in names.items():
            known = known_names().get(spelling_key(name))
            assert known in (None, Canonical(name, type))
            assert usual_name(EntityName(type, name)) is None
            for short in shorts:
                assert usual_name(EntityName(type, short.upper())) == EntityName(type, name)
                assert spelling_key(short) not in known_names()


WORDS = st.sampled_from(
    "Anna Anja Müller Mueller Müllers Trump Trumps RKI Robert Koch-Institut Deutsche Deutschen".split()
)
WRITTEN = (
    st.lists(WORDS, min_size=1, max_size=3).map(" ".join) | st.text(" -s\tA\u0301", max_size=4) | st.text(max_size=6)
)
NAMES = st.builds(EntityName, st.sampled_from(ENTITY_TYPES), WRITTEN)
COUNTS = st.dictionaries(NAMES, st.integers(1, 60), max_size=12)


@given(COUNTS, st.lists(st.tuples(NAMES, NAMES, st.integers(1, 30)), max_size=4), st.sets(NAMES, max_size=3))
def test_what_stands_for_names_stands_for_itself(
    found: dict[EntityName, int], explained: list[tuple[EntityName, EntityName, int]], fixed: set[EntityName]
) -> None:
    """No name that is listed for another one is renamed itself, none that is fixed is, and none stands for itself."""
    renamed = authorised(
        Evidence(CountedNames(found.items()), {(short, name): count for short, name, count in explained}, fixed)
    )
    assert renamed.keys() <= found.keys() - fixed
    assert not {other for other in renamed.values() if other} & renamed.keys()
