"""nachlese concordance, curves, typical, record and rerun."""

from __future__ import annotations

import json

from tests.commands.running import Shell

RECORDS = (
    {"id": "a", "title": "Die Mauer", "body": "An der Mauer stand eine Bank.", "date": "1989-11-10", "source": "Blatt"},
    {"id": "b", "title": "Einheit", "body": "Hinter der Mauer lag ein Garten.", "date": "1990"},
)


def test_lines_are_printed_around_the_word(filled: Shell) -> None:
    """Each place is a line with the words before and behind, date and source."""
    done = filled.run("concordance", "Mauer", "--order", "oldest", "--limit", "2")
    assert done.code == 0
    first, *lines = done.out.splitlines()
    assert first == "3 places in 2 articles, the first 2 of them"
    assert lines[1].split() == ["An", "der", "Mauer", "stand", "eine", "Bank.", "1989-11-10", "·", "Blatt"]


def test_lines_as_json_are_those_of_the_api(filled: Shell) -> None:
    """--json prints what the API gives, filters are those of `search`."""
    found = filled.run("concordance", "Mauer", "--json", "--from", "1990", "--limit", "1").json
    assert (found["total"], found["places"], [line["id"] for line in found["lines"]]) == (1, 1, ["b"])


def test_a_record_is_run_again(filled: Shell) -> None:
    """What a record has is what is found; later, what came and went is named."""
    record = filled.run("record", "Mauer", "--to", "1990")
    assert [*record.json["ids"]] == ["a", "b"]
    filled.write("record.json", record.out)
    assert "The same articles as then." in filled.run("rerun", "record.json").out
    filled.records("more.jsonl", {"id": "c", "body": "Noch eine Mauer.", "date": "1961"})
    filled.run("index", "more.jsonl")
    filled.run("delete", "a")
    again = filled.run("rerun", "record.json")
    assert again.code == 0
    assert "Mauer: 2 on" in again.out
    assert "1 came, 1 went (1 of them from the index)" in again.out
    assert "+ c  1961        Noch eine Mauer." in again.out
    assert "- a  (not in the index)" in again.out
    assert filled.run("rerun", "record.json", "--json").json["came"] == ["c"]


def test_another_analysis_is_told(filled: Shell) -> None:
    """If the index was built by another analysis then, what a query finds may differ for that reason."""
    record = filled.run("record", "Mauer").json
    record["archive"]["analysis"] = "german-0"
    filled.write("record.json", json.dumps(record))
    assert "another analysis now (german-0" in filled.run("rerun", "record.json").err


def test_what_is_no_record_is_refused(filled: Shell) -> None:
    """A file that is no record, or not there, is wrong usage with the remedy."""
    filled.write("other.json", "{}")
    for name in ("other.json", "nothing.json"):
        done = filled.run("rerun", name)
        assert done.code == 2
        assert "nachlese record" in done.err
    assert filled.run("concordance", "Mauer", "--from", "gestern").code == 2


def test_curves_are_printed(filled: Shell) -> None:
    """A line for each period has the number and the share of each curve; more than six are refused."""
    lines = filled.run("curves", "Mauer", "Wort", "--unit", "year").out.splitlines()
    asked = filled.run("curves", "Mauer", "--unit", "year", "--json").json
    assert lines[0].split("\t") == ["period", "Mauer", "per thousand", "Wort", "per thousand"]
    assert [line.split("\t")[0] for line in lines[1 : 1 + len(asked["periods"])]] == asked["periods"]
    assert [int(line.split("\t")[1]) for line in lines[1 : 1 + len(asked["periods"])]] == asked["curves"][0]["counts"]
    assert sum(asked["curves"][0]["counts"]) > 0
    refused = filled.run("curves", *"abcdefg")
    assert (refused.code, "at most 6" in refused.err) == (2, True)


def test_curves_can_count_each_text_once(filled: Shell) -> None:
    """--collapse counts articles with one text once for each step."""
    text = " ".join(f"Wort{number}" for number in range(60))
    filled.records("copies.jsonl", *({"id": id, "body": text, "date": "1990-05-05"} for id in "cde"))
    assert filled.run("index", "copies.jsonl").code == 0
    counts = {
        option: filled.run("curves", "Wort7", "--unit", "day", "--json", option).json["curves"][0]["counts"]
        for option in ("--collapse", "--no-collapse")
    }
    assert [max(row) for row in counts.values()] == [1, 3]


def test_typical_words_are_printed(filled: Shell) -> None:
    """The number of articles and of those they are compared with, and what the JSON has, a line for each."""
    asked = filled.run("typical", "Mauer", "--json").json
    first, *lines = filled.run("typical", "Mauer").out.splitlines()
    assert first.startswith(f"{asked['total']} articles against {asked['others']} others")
    assert [line.split()[-1] for line in lines] == [one["text"] for one in (*asked["words"], *asked["names"])]
