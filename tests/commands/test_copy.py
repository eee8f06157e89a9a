"""`nachlese copy` copies an archive, says how many articles it copied, and how to go on."""

import pytest

from search.commands import copying
from tests.commands.running import Shell

RECORDS = ({"id": "a", "body": "Die Wahl in Hessen."}, {"id": "b", "body": "Der Landtag in Hessen."})


def test_a_copy_is_made_and_told(filled: Shell) -> None:
    """The report has numbers and the check sum, for people and for programs; the copy is found in."""
    done = filled.run("copy", "index", "copy", "--engine", "whoosh")
    assert done.code == 0
    assert done.out.startswith("2 articles copied, 0 were there already\n2 articles in both now, check sum ")
    again = filled.run("copy", "index", "copy", "--json").json
    assert (again["articles"], again["copied"]) == (2, 0)
    assert again["checksum"] in done.out
    assert filled.run("search", "Hessen", "--index", "copy", "--json").json["total"] == 2


def test_a_stopped_copy_says_how_to_go_on(filled: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C ends with its exit code and a sentence."""

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("search.store.copying.copy_archive", stop)
    done = filled.run("copy", "index", "copy")
    assert (done.code, done.err) == (copying.STOPPED, "Stopped. What is copied is kept; the same command goes on.\n")


def test_other_articles_are_one_sentence(filled: Shell) -> None:
    """A place with other articles is refused with the id of one of them."""
    filled.records("other.jsonl", {"id": "c", "body": "Anderes."})
    filled.run("index", "other.jsonl", "--index", "other")
    done = filled.run("copy", "index", "other")
    assert (done.code, done.out) == (1, "")
    assert "such as 'c'" in done.err


def test_aliases_go_along(filled: Shell) -> None:
    """The file of aliases is copied unless the copy has one, and the next run has nothing to do for it."""
    aliases = '[[name]]\nname = "Land Hessen"\ntype = "place"\nvariants = ["Hessen"]\n'
    filled.write("index/aliases.toml", aliases)
    assert "2 articles renamed" in filled.run("names", "--apply").out
    filled.run("copy", "index", "copy")
    assert (filled.folder / "copy" / "aliases.toml").read_text() == aliases
    assert filled.run("index", "news.jsonl", "--index", "copy", "--json").json["renamed"] == 0
    filled.write("copy/aliases.toml", "")
    filled.run("copy", "index", "copy")
    assert (filled.folder / "copy" / "aliases.toml").read_text() == ""
