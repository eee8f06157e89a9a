"""nachlese names: what is doubtful, with lines that mend it, and how they take effect."""

import tomllib
from collections.abc import Iterator

import pytest

from indexer.authority.doubts import KINDS
from indexer.resolution import read_aliases
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


def ways(lines: str) -> Iterator[str]:
    """The lines as they are offered, and each of the ways that stand in comments."""
    yield lines
    for way in lines.split("# if ")[1:]:
        yield way.partition("\n")[2].replace("# ", "")


@pytest.mark.parametrize(
    ("decided", "settled"),
    [
        ("", ""),
        ('[no_name]\nplace = ["Tisch"]', "Tisch"),
        ('[[name]]\nname = "Tisch"\ntype = "place"', "Tisch"),
        ('[no_name]\nany = ["Corona"]', "Corona"),
        ('[no_name]\norganisation = ["Corona"]', "Corona"),
        ('[[name]]\nname = "Corona"\ntype = "place"', "Corona"),
        ('[[name]]\nname = "Covid"\ntype = "organisation"\nvariants = ["Corona"]', "Corona"),
        ('[no_name]\nperson = ["Donald Trump"]', "Donalt Trump"),
        ('[no_name]\nperson = ["Donalt Trump"]', "Donalt Trump"),
        ('[[name]]\nname = "Donald Trump"\ntype = "person"\nnot = ["Donalt Trump"]', "Donalt Trump"),
        ('[[name]]\nname = "Donalt Trump"\ntype = "person"', "Donalt Trump"),
        ('[[name]]\nname = "Der Präsident"\ntype = "person"\nvariants = ["Donald Trump"]', "Donalt Trump"),
        ('[no_name]\norganisation = ["Helga Ravn Stiftung"]', "Helga Ravn Stiftung"),
        ('[[name]]\nname = "Helga Ravn Stiftung"\ntype = "person"', "Helga Ravn Stiftung"),
    ],
)
def test_what_an_archivist_decided_is_no_doubt(filled: Shell, decided: str, settled: str) -> None:
    """It is not listed any more; of what is, no line contradicts the file, whichever of two ways is chosen."""
    path = filled.write("index/aliases.toml", decided)
    filled.run("names", "--apply")
    doubts = filled.run("names", "--json").json["doubts"]
    assert settled not in [doubt["name"] for doubt in doubts]
    for doubt in doubts:
        for way in ways(doubt["lines"]):
            filled.write("index/aliases.toml", f"{decided}\n{way}\n")
            read_aliases(path)


def test_what_was_refused_was_not_decided_by_the_archive(shell: Shell) -> None:
    """A name that an archivist refused is not among what the archive decided by itself."""
    shell.records("news.jsonl", *({"id": f"{at}", "body": "a", "entities": {"place": ["Zorvec"]}} for at in range(4)))
    shell.write("index/aliases.toml", '[no_name]\nplace = ["Zorvec"]')
    shell.run("index", "news.jsonl")
    assert shell.run("entities", "--json").json["entities"] == []
    assert shell.run("names").out == "0 doubtful names\n"


@pytest.mark.parametrize(
    ("rare", "number", "frequent", "others", "is_doubtful"),
    [
        ("Sjoerd Hakvort", 3, "Sjoerd Hakvoort", 12, True),
        ("Heinz Behren", 4, "Heinz Behrens", 8, True),
        ("Sandra Scheres", 3, "Sandra Scheeres", 9, True),
        ("Heinz Behren", 4, "Heinz Behrens", 7, False),
        ("Jan Kolm", 3, "Jan Kolme", 12, False),
        ("Sjoerd Hakvort", 3, "Sjoerd Hakvert", 12, False),
        ("Sjord Hakvoort", 3, "Sjoerd Hakvoort", 12, False),
    ],
)
def test_a_letter_too_many_in_a_long_last_name_is_enough(
    shell: Shell, rare: str, number: int, frequent: str, others: int, is_doubtful: bool
) -> None:
    """Half as many articles have it as have the same first names with another spelling; otherwise a fifth."""
    names = [rare] * number + [frequent] * others
    shell.records("news.jsonl", *({"id": f"{at}", "body": "a", "entities": {"person": [name]}}
                                  for at, name in enumerate(names)))  # fmt: skip
    shell.run("index", "news.jsonl")
    found = [(doubt["name"], doubt["reason"]) for doubt in shell.run("names", "--json").json["doubts"]]
    assert found == [(rare, f"{others} articles have {frequent}")] * is_doubtful


def test_a_last_name_of_another_type_is_doubtful(shell: Shell) -> None:
    """An organisation beside a person of that last name, whom more articles have; either way can be chosen."""
    told = [("organisation", "Vantrup", 2), ("person", "Olaf Vantrup", 9), ("place", "Zorvec", 5)]
    told += [("person", "Ina Zorvec", 4), ("organisation", "Siemens", 2), ("person", "Ida Siemens", 5)]
    shell.records("news.jsonl", *({"id": f"{name}{at}", "body": "a", "entities": {type: [name]}}
                                  for type, name, number in told for at in range(number)))  # fmt: skip
    shell.run("index", "news.jsonl")
    (doubt,) = shell.run("names", "--json").json["doubts"]
    assert (doubt["kind"], doubt["type"], doubt["name"]) == ("types", "organisation", "Vantrup")
    assert doubt["reason"] == "9 articles have the person Olaf Vantrup"
    _, person, organisation = (tomllib.loads(way) for way in ways(doubt["lines"]))
    assert person["name"] == [{"name": "Olaf Vantrup", "type": "person", "variants": ["Vantrup"]}]
    assert organisation["name"] == [{"name": "Vantrup", "type": "organisation"}]


def test_lines_of_a_word_of_sentences_can_be_copied(shell: Shell) -> None:
    """Of what cannot stand in aliases.toml, as each text has it, can only be said that it is no name."""
    told = [("organisation", "Will", 3), ("person", "Anne Will", 9)]
    shell.records("news.jsonl", *({"id": f"{name}{type}{at}", "body": "Da will er.", "entities": {type: [name]}}
                                  for type, name, number in told for at in range(number)))  # fmt: skip
    shell.run("index", "news.jsonl")
    (doubt,) = shell.run("names", "--json", "--kind", "types").json["doubts"]
    assert tomllib.loads(doubt["lines"]) == {"no_name": {"organisation": ["Will"]}}


def test_one_article_is_one(shell: Shell) -> None:
    """What took effect is told in the singular where it is."""
    shell.records("news.jsonl", {"id": "1", "body": "a", "entities": {"place": ["Zorvec"]}})
    shell.run("index", "news.jsonl")
    shell.write("index/aliases.toml", '[no_name]\nplace = ["Zorvec"]')
    assert shell.run("names", "--apply").out == "1 article renamed\n"
    assert shell.run("names", "--apply").out == "0 articles renamed\n"


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
