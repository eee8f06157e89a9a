"""The commands that say why, and how well."""

from __future__ import annotations

import pytest

from tests.commands.running import Shell


@pytest.fixture
def filled(shell: Shell) -> Shell:
    """A shell beside an index of three articles."""
    shell.records(
        "a.jsonl",
        {"id": "1", "title": "Bundestagswahl", "body": "Die Wahl zum Bundestag naht."},
        {"id": "2", "body": "Der Bundestag tagt."},
        {"id": "3", "body": "Die Atomprogramme ruhen."},
    )
    assert shell.run("index", "a.jsonl").code == 0
    return shell


def test_a_word_is_explained(shell: Shell) -> None:
    """The terms of a word are printed with their layer and the reason."""
    rows = shell.run("explain", "Bundestagswahlen", "--json").json
    assert {(row["layer"], row["term"]) for row in rows} >= {
        ("exact", "bundestagswahlen"), ("form", "bundestagswahl"), ("part", "bundestages"), ("part", "wahl")
    }  # fmt: skip
    assert any("bund + tag + wahlen" in row["reason"] for row in rows)
    assert "bundestages + wahl" in shell.run("explain", "Wahl zum Bundestag").out
    assert "folded, then stemmed" in shell.run("explain", "Müllers").out


def test_the_shares_of_a_score_add_up(filled: Shell) -> None:
    """Each hit comes with the share of every term, and their sum is its score."""
    page = filled.run("search", "Bundestag Wahl", "--explain", "--json").json
    for hit in page["hits"]:
        shares = page["explained"][hit["id"]]
        assert sum(share["score"] for share in shares) == pytest.approx(hit["score"], abs=0.01)
    assert "body_form" in filled.run("search", "Bundestag", "--explain").out


def test_questions_are_measured(filled: Shell) -> None:
    """The measures of the field are printed for each engine and variant, and the misses with their rank."""
    filled.write("set.jsonl", '{"text": "Programm", "relevant": ["3"]}\n{"text": "Bundestag", "relevant": ["3"]}\n')
    result = filled.run("evaluate", "set.jsonl", "--compare")
    assert result.code == 0
    assert "MRR@10" in result.out
    assert "without parts of compounds" in result.out
    assert "not found  Bundestag" in result.out
    found = filled.run("evaluate", "set.jsonl", "--json").json
    assert next(iter(found.values()))["measures"]["MRR@10"] == 0.5


def test_unusable_questions_are_usage(filled: Shell) -> None:
    """A set that cannot be read is named and the exit code is that of wrong usage."""
    filled.write("set.toml", "x = [")
    result = filled.run("evaluate", "set.toml")
    assert result.code == 2
    assert "set.toml" in result.err


def test_a_mistyped_query_is_offered_as_meant(filled: Shell) -> None:
    """A query without hits comes with what it may have been meant to be and how many articles answer that."""
    assert "Did you mean Bundestag? (2)" in filled.run("search", "Bundestga").err
    page = filled.run("search", "Bundestga", "--json").json
    assert page["query"]["corrections"][0] == {"text": "Bundestag", "total": 2}
    assert filled.run("search", "Bundestag", "--json").json["query"]["corrections"] == []


def test_an_archive_is_asked_by_its_own_articles(shell: Shell) -> None:
    """`evaluate --from-archive` prints a line for each kind of question; it takes that or a set."""
    shell.records("a.jsonl", {"id": "1", "title": "Lotsen streiken im Hafen", "body": "Die Lotsen streiken im Hafen."})
    shell.run("index", "a.jsonl", "--jobs", "1", "--no-entities")
    printed = shell.run("evaluate", "--from-archive", "5").out
    assert all(kind in printed for kind in ("headline", "two nouns", "misspelt"))
    assert shell.run("evaluate").code == 2
    assert shell.run("evaluate", "set.toml", "--from-archive", "5").code == 2
