"""nachlese names: what is doubtful, with lines that mend it, and how they take effect."""

import tomllib

from indexer.authority.doubts import KINDS
from nachlese import DOUBTS
from tests.commands.running import Shell

PEOPLE = {"person": ["Donald Trump"], "organisation": ["Corona"]}
RECORDS = (
    *({"id": f"p{number}", "body": "a", "entities": PEOPLE} for number in range(20)),
    *({"id": f"c{number}", "body": "b", "entities": {"place": ["Corona"]}} for number in range(5)),
    *({"id": f"d{number}", "body": "c", "entities": {"person": ["Donalt Trump"]}} for number in range(3)),
    *({"id": f"i{number}", "body": "d", "entities": {"organisation": [f"Institut {number} Stiftung"]}}
      for number in range(30)),
    *({"id": f"s{number}", "body": "e", "entities": {"person": ["Helga Ravn Stiftung"]}} for number in range(3)),
    *({"id": f"w{number}", "body": "Da ist ein Tisch.", "entities": {"place": ["Tisch"] * (number < 4)}}
      for number in range(12)),
)  # fmt: skip


def test_doubts_come_with_the_lines_that_mend_them(filled: Shell) -> None:
    """Each kind of doubt finds its name, most frequent first, and its lines are such as aliases.toml has."""
    found = filled.run("names", "--json").json
    rows = [(row["count"], row["kind"], row["type"], row["name"]) for row in found["doubts"]]
    assert found["total"] == len(rows)
    assert rows == [
        (5, "types", "place", "Corona"),
        (4, "word", "place", "Tisch"),
        (3, "spellings", "person", "Donalt Trump"),
        (3, "kind", "person", "Helga Ravn Stiftung"),
    ]
    lines = {row["name"]: tomllib.loads(row["lines"]) for row in found["doubts"]}
    assert lines["Tisch"] == {}  # two ways, of which a person must choose one
    assert lines["Donalt Trump"]["name"][0] == {"name": "Donald Trump", "type": "person", "variants": ["Donalt Trump"]}
    assert lines["Helga Ravn Stiftung"]["name"][0]["type"] == "organisation"


def test_what_the_archive_decided_can_be_looked_at_and_refused(shell: Shell) -> None:
    """A renamed name stands in the list with the reason; its lines, applied, keep it apart without the documents."""
    texts = {f"t{number}": "Donald Trump sprach lange." for number in range(5)} | {
        f"l{number}": "Gestern sprach Trump in Essen." for number in range(3)
    }
    shell.records("news.jsonl", *({"id": id, "body": body} for id, body in texts.items()))
    shell.run("index", "news.jsonl")
    (doubt,) = shell.run("names", "--kind", "renamed", "--json").json["doubts"]
    assert (doubt["name"], doubt["count"], doubt["reason"]) == ("Trump", 3, "listed as the person Donald Trump")
    assert doubt["example"] == "Gestern sprach Trump in Essen."
    shell.write("index/aliases.toml", doubt["lines"])
    (shell.folder / "news.jsonl").unlink()
    assert shell.run("names", "--apply").out == "3 articles renamed\n"
    assert shell.run("names", "--apply", "--json").json["renamed"] == 0
    names = shell.run("entities", "--type", "person", "--json").json["entities"]
    assert [(name["name"], name["count"]) for name in names] == [("Donald Trump", 5), ("Trump", 3)]


def test_the_list_of_names_follows_aliases_that_concern_few_articles(shell: Shell) -> None:
    """It is otherwise counted anew when one article in fifty has changed."""
    texts = {f"t{number}": "Donald Trump sprach lange." for number in range(120)} | {"z": "Murat Zekri sprach kurz."}
    shell.records("news.jsonl", *({"id": id, "body": body} for id, body in texts.items()))
    shell.run("index", "news.jsonl")
    assert [one["name"] for one in shell.run("entities", "--prefix", "zekri", "--json").json["entities"]] == [
        "Murat Zekri"
    ]
    shell.write("index/aliases.toml", '[no_name]\nperson = ["Murat Zekri"]\n')
    shell.run("names", "--apply")
    assert shell.run("entities", "--prefix", "zekri", "--json").json["entities"] == []
    shell.write("index/aliases.toml", "")
    shell.run("names", "--apply")
    assert [one["name"] for one in shell.run("entities", "--prefix", "zekri", "--json").json["entities"]] == [
        "Murat Zekri"
    ]


def test_doubts_are_printed_for_a_person(filled: Shell) -> None:
    """The list has name, reason and lines; options choose kinds and how many."""
    printed = filled.run("names", "--limit", "1").out
    assert "place         Corona: 20 articles have it as organisation" in printed
    assert '           name = "Corona"' in printed
    assert printed.endswith("4 doubtful names, the first 1 of them\n")
    assert "Tisch" in filled.run("names", "--kind", "word").out
    assert filled.run("names", "--kind", "renamed").out == "0 doubtful names\n"


def test_the_command_knows_all_kinds() -> None:
    """What can be chosen are the kinds that there are."""
    assert DOUBTS == KINDS


def test_names_need_an_index(shell: Shell) -> None:
    """Without an index there is nothing to name, and none is made."""
    for options in ((), ("--apply",)):
        assert shell.run("names", *options).code == 4
    assert not (shell.folder / "index" / "archive.json").exists()
