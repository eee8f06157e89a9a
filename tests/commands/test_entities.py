"""nachlese entities: the names in the archive, for people and for programs."""

import pytest

from tests.commands.running import Shell

RECORDS = (
    {"id": "1", "body": "a", "entities": {"person": ["Olaf Scholz", "Gerd Müller"], "place": ["Berlin"]}},
    {"id": "2", "body": "b", "entities": {"person": ["Olaf Scholz"], "organisation": ["SPD\x1b[31m"]}},
)


def test_names_are_printed_in_columns(filled: Shell) -> None:
    """A line has the number of articles, the type and the name, and nothing that commands a terminal."""
    lines = filled.run("entities").out.splitlines()
    assert [line.split(maxsplit=2) for line in lines] == [
        ["2", "person", "Olaf Scholz"],
        ["1", "place", "Berlin"],
        ["1", "person", "Gerd Müller"],
        ["1", "organisation", "SPD [31m"],
    ]
    assert len({line.index(line.split(maxsplit=2)[2]) for line in lines}) == 1


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (("--type", "person"), ["Olaf Scholz", "Gerd Müller"]),
        (("--prefix", "MUE"), ["Gerd Müller"]),
        (("--prefix", "scho", "--type", "place"), []),
        (("--limit", "1"), ["Olaf Scholz"]),
    ],
)
def test_options_choose_names(filled: Shell, options: tuple[str, ...], expected: list[str]) -> None:
    """Type, beginning and limit work, and --json prints the object of the API."""
    entities = filled.run("entities", "--json", *options).json["entities"]
    assert [entity["name"] for entity in entities] == expected
    assert all(list(entity) == ["type", "name", "count"] for entity in entities)


def test_no_name_is_no_error(filled: Shell) -> None:
    """What finds no name says so beside the data."""
    result = filled.run("entities", "--prefix", "nobody")
    assert (result.code, result.out) == (0, "")
    assert "shorter --prefix" in result.err


def test_wrong_calls_say_what_is_right(filled: Shell) -> None:
    """A type that is none and an index that is none end with their exit codes and the remedy."""
    wrong = filled.run("entities", "--type", "animal")
    assert (wrong.code, "'person', 'place', 'organisation'" in wrong.err) == (2, True)
    missing = filled.run("entities", "--index", "nowhere")
    assert (missing.code, "nachlese index" in missing.err) == (4, True)
