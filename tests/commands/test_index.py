"""nachlese index: what an archivist sees and can rely on."""

import gzip
import io
import json
import os
import pty
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import nachlese
from indexer import problem_limits
from search import open_archive, write_archive
from tests.commands.running import COMMAND, PROJECT, Shell
from tests.formats.made import TEXT, docx, zipped

USERS_DOCUMENT = PROJECT.parent / "shared" / "data" / "seeds"
USERS_QUERIES = (
    "Nordkorea Russland", '"strategischen Partnerschaftsabkommens"', "Streitkräfte Kursk", "person:Putin",
    "Atomprogramm",
)  # fmt: skip


def test_the_seeds_are_indexed_without_a_failure(shell: Shell) -> None:
    """Every article of seeds/ is read, in every format, and found again."""
    result = shell.run("index", str(PROJECT / "seeds"), "--json")
    assert result.code == 0, result.err
    assert result.json["failures"] == []
    assert result.json["warnings"] == []
    assert result.json["added"] == result.json["articles"] >= 12
    assert shell.run("status", "--json").json["articles"] == result.json["articles"]


@pytest.mark.skipif(
    not USERS_DOCUMENT.exists(), reason="the user's document may not ship and is not beside this checkout"
)
@pytest.mark.parametrize("query", USERS_QUERIES)
def test_the_users_document_is_found(shell: Shell, query: str) -> None:
    """The document that came with the order is found by its words; the page's left-over word is not in it."""
    assert shell.run("index", str(USERS_DOCUMENT)).code == 0
    assert len(shell.ids(query)) == 1
    assert shell.ids('"Today"') == []


def test_a_second_run_passes_over_what_is_known(shell: Shell) -> None:
    """Unchanged articles are skipped, changed ones replaced, new ones added."""
    shell.write("news/a.txt", "Alpha\n\nDer erste Artikel steht hier.\n")
    shell.write("news/b.txt", "Beta\n\nDer zweite Artikel steht hier.\n")
    first = shell.run("index", "news", "--json").json
    assert (first["added"], first["articles"]) == (2, 2)
    shell.write("news/b.txt", "Beta\n\nDer zweite Artikel wurde geändert.\n")
    shell.write("news/c.txt", "Gamma\n\nDer dritte Artikel ist neu.\n")
    second = shell.run("index", "news", "--json").json
    assert [second[name] for name in ("added", "replaced", "unchanged", "articles")] == [1, 1, 1, 3]
    assert shell.ids("geändert") == ["b.txt"]


def test_a_terminal_shows_how_far_it_is(shell: Shell) -> None:
    """A bar counts articles, and says at the end that what was read is put in order, which may take a while."""
    shell.write("news/a.txt", "Alpha\n\nDer erste Artikel steht hier.\n")
    shell.write("news/b.txt", "Beta\n\nDer zweite Artikel steht hier.\n")
    reader, terminal = pty.openpty()
    command = [*COMMAND, "index", "news", "--index", "index"]
    subprocess.run(command, cwd=shell.folder, stdout=subprocess.PIPE, stderr=terminal, check=True, timeout=60)
    os.close(terminal)
    shown = os.read(reader, 10_000).decode()
    os.close(reader)
    assert "100%" in shown
    assert "2 articles" in shown
    assert "putting in order" in shown


ALIASES = '[[name]]\nname = "Angela Dorothea Merkel"\ntype = "person"\nvariants = ["Angela Merkel"]\n'


def test_aliases_rename_what_is_known_already(shell: Shell) -> None:
    """A new file of aliases in the index renames the entities of unchanged articles at the next run, and undoes it."""
    shell.write("news/a.txt", "Besuch\n\nBundeskanzlerin Angela Merkel sprach in Berlin.\n")
    assert shell.run("index", "news").code == 0
    found = shell.run("search", "Besuch", "--json").json["hits"][0]["entities"]
    assert (found["person"], found["place"]) == (["Angela Merkel"], ["Berlin"])
    shell.write("index/aliases.toml", ALIASES)
    report = shell.run("index", "news", "--json").json
    assert (report["unchanged"], report["replaced"], report["renamed"]) == (1, 0, 1)
    assert shell.run("search", "Besuch", "--json").json["hits"][0]["entities"]["person"] == ["Angela Dorothea Merkel"]
    (shell.folder / "index/aliases.toml").unlink()
    assert "1 renamed" in shell.run("index", "news").out
    assert shell.run("search", "Besuch", "--json").json["hits"][0]["entities"] == found
    shell.write("index/aliases.toml", ALIASES)
    assert shell.run("index", "news", "--rebuild", "--json").json["added"] == 1
    assert (shell.folder / "index" / "aliases.toml").exists()


def test_entities_can_be_left_to_the_documents(shell: Shell) -> None:
    """With --no-entities only declared names are indexed; a bad file of aliases is refused before anything is done."""
    shell.write("a.jsonl", json.dumps({"id": "1", "body": "Angela Merkel in Berlin", "entities": {"place": ["Bonn"]}}))
    assert shell.run("index", "a.jsonl", "--no-entities").code == 0
    entities = shell.run("search", "Berlin", "--json").json["hits"][0]["entities"]
    assert entities == {"person": [], "place": ["Bonn"], "organisation": []}
    bad = shell.write("bad.toml", "[[name]]\n")
    result = shell.run("index", "a.jsonl", "--aliases", str(bad))
    assert result.code == 1
    assert "says no `name`" in result.err


def test_prune_removes_what_is_gone_and_only_that(shell: Shell) -> None:
    """Articles of deleted files and deleted lines go; those of other sources and of unreadable files stay."""
    shell.write("one/a.txt", "Alpha\n\nWort im ersten Artikel.\n")
    shell.write("one/b.txt", "Beta\n\nWort im zweiten Artikel.\n")
    shell.records("one/c.jsonl", {"id": "c1", "body": "Wort."}, {"id": "c2", "body": "Wort."})
    shell.records("one/d.jsonl", {"id": "d1", "body": "Wort."}, {"id": "d2", "body": "Wort."})
    shell.records("other.jsonl", {"id": "o1", "body": "Wort."})
    assert shell.run("index", "one", "other.jsonl").code == 0
    (shell.folder / "one/a.txt").unlink()
    shell.records("one/c.jsonl", {"id": "c2", "body": "Wort."})
    shell.write("one/d.jsonl", '{"id": "d1", "body": "Wort."}\n{kaputt\n')
    result = shell.run("index", "one", "--prune", "--json")
    assert result.code == 3
    assert result.json["removed"] == 2
    assert sorted(shell.ids("Wort")) == ["b.txt", "c2", "d1", "d2", "o1"]


def test_prune_spares_a_source_that_is_not_there(shell: Shell) -> None:
    """A folder that cannot be found, a disk that is not mounted, empties no index."""
    shell.write("news/a.txt", "Alpha\n\nWort im ersten Artikel.\n")
    assert shell.run("index", "news").code == 0
    (shell.folder / "news").rename(shell.folder / "moved")
    assert shell.run("index", "news", "--prune").code == 3
    assert shell.ids("Wort") == ["a.txt"]


def test_bad_documents_are_named_and_the_rest_is_indexed(shell: Shell) -> None:
    """Each bad document is one line with file and line; everything else is found; the exit code is 3."""
    shell.write("news/good.txt", "Gut\n\nDieser Artikel ist in Ordnung.\n")
    shell.write("news/empty.txt", "")
    shell.write("news/image.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")
    shell.write("news/cut.jsonl.gz", gzip.compress(b'{"id": "z", "body": "Wort"}\n' * 5000, mtime=0)[:-20])
    lines = [json.dumps({"id": f"r{n}", "body": "In Ordnung."}) for n in range(1, 10)]
    lines[6] = '{"id": "r7", "body": '
    lines[7] = '{"id": "r8", "body": 8}'
    lines[8] = '{"id": "r9", "title": "Ohne Text"}'
    shell.write("news/records.jsonl", "\n".join(lines))
    shell.write("news/long.jsonl", b'{"body": "' + b"x" * 50_000_000 + b'"}\n{"id": "after", "body": "In Ordnung."}\n')
    (shell.folder / "news/folder.txt").mkdir()
    (shell.folder / "news/gone.txt").symlink_to("nowhere")
    result = shell.run("index", "news", "--json")
    assert result.code == 3
    named = {(Path(failure["document"]).name, failure["line"]) for failure in result.json["failures"]}
    assert named == {
        ("empty.txt", None), ("image.txt", None), ("cut.jsonl.gz", None), ("records.jsonl", 7), ("records.jsonl", 8),
        ("records.jsonl", 9), ("long.jsonl", 1), ("gone.txt", None),
    }  # fmt: skip
    failed = [line for line in result.err.splitlines() if line.startswith("Failed: ")]
    assert len(failed) == 8
    assert sorted(shell.ids('"in Ordnung"')) == ["after", "good.txt", "r1", "r2", "r3", "r4", "r5", "r6"]


def test_standard_input_brings_records(shell: Shell) -> None:
    """`-` reads JSON lines from standard input."""
    result = shell.run(
        "index", "-", "--json", stdin=b'{"id": "1", "body": "\xc3\x9cber den Fluss"}\n{"id": 2, "body": "Wort"}\n'
    )
    assert (result.code, result.json["added"]) == (0, 2)
    assert shell.ids("Fluss") == ["1"]


def test_the_same_id_twice_is_a_warning(shell: Shell) -> None:
    """Two documents with one id are told of, the later one stays."""
    shell.records("a.jsonl", {"id": "1", "body": "Erster."})
    shell.records("b.jsonl", {"id": "1", "body": "Zweiter."})
    result = shell.run("index", "a.jsonl", "b.jsonl")
    assert result.code == 0
    assert "Warning: b.jsonl: the id '1' was already used" in result.err
    assert (shell.ids("Erster"), shell.ids("Zweiter")) == ([], ["1"])


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_documents_of_one_id_do_not_take_turns(shell: Shell, jobs: str) -> None:
    """Of two documents with one id the later one stays in every run; it is replaced only if it changes or goes."""
    page = (
        '<link rel="canonical" href="https://a.example/1"><title>T</title><article><p>Hier steht {} Text.</p></article>'
    )
    for name, word in (("a", "Erster"), ("b", "Zweiter"), ("c", "Dritter")):
        shell.write(f"news/{name}.html", page.format(word))
    for expected in ((1, 2, 0), (0, 0, 1), (0, 0, 1)):
        result = shell.run("index", "news", "--jobs", jobs, "--json").json
        assert (result["added"], result["replaced"], result["unchanged"]) == expected
        assert shell.ids("Dritter") == ["https://a.example/1"]
    (shell.folder / "news/c.html").unlink()
    assert shell.run("index", "news", "--jobs", jobs, "--json").json["replaced"] == 2
    assert shell.ids("Zweiter") == ["https://a.example/1"]
    assert shell.run("index", "news", "--jobs", jobs, "--prune", "--json").json["replaced"] == 0


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_articles_of_one_id_in_a_document_do_not_take_turns(shell: Shell, jobs: str) -> None:
    """Of several articles with one id in one document the last one stays, and is replaced only if it changes."""
    records = [{"id": "1", "body": f"{word}."} for word in ("Erster", "Zweiter", "Dritter")]
    shell.records("news/a.jsonl", *records)
    for forgets in (False, False, True):
        result = shell.run("index", "news", "--jobs", jobs, "--json").json
        assert len(result["warnings"]) in (0, 2)
        assert shell.ids("Dritter") == ["1"]
        if forgets:  # what it knew of the document
            (shell.folder / "index/documents.sqlite").unlink()
    assert (result["added"], result["replaced"], result["unchanged"]) == (0, 0, 1)
    result = shell.run("index", "news", "--jobs", jobs, "--json").json
    assert (result["added"], result["replaced"], result["unchanged"]) == (0, 0, 1)
    assert "the id '1' was already used in it; this later article" in result["warnings"][0]["message"]
    shell.records("news/a.jsonl", *records, {"id": "1", "body": "Vierter."})
    assert shell.run("index", "news", "--jobs", jobs, "--json").json["replaced"] == 1
    shell.records("news/a.jsonl", *records[:2])
    assert shell.run("index", "news", "--jobs", jobs, "--json").json["replaced"] == 1
    assert shell.ids("Zweiter") == ["1"]


VERSION = (
    '<newsItem guid="urn:1" version="{0}"><itemMeta><versionCreated>2024-03-0{1}T10:00:00+01:00</versionCreated>'
    "</itemMeta><contentSet><inlineXML><p>Hier steht Text {0}{1}.</p></inlineXML></contentSet></newsItem>"
)


@pytest.mark.parametrize("older", [(1, 2), (2, 1)])
def test_an_older_version_replaces_no_newer_one(shell: Shell, older: tuple[int, int]) -> None:
    """The newest version of an article stays, be the others read later in a run, in a document, or in another run."""
    shell.write("news/a.xml", VERSION.format(2, 2))
    shell.write("news/b.xml", VERSION.format(*older))
    for _ in range(2):
        result = shell.run("index", "news", "--json").json
        assert (result["passed_over"], result["warnings"]) == ({"older version of an article": 1}, [])
        assert shell.ids('"Text 22"') == ["urn:1"]
    shell.write("spät.xml", VERSION.format(*older))
    shell.write("beide.xml", f"<newsMessage>{VERSION.format(2, 2)}{VERSION.format(*older)}</newsMessage>")
    assert shell.run("index", "spät.xml", "--json").json["replaced"] == 0
    shell.run("index", "beide.xml")
    assert shell.ids('"Text 22"') == ["urn:1"]
    shell.write("neu.xml", VERSION.format(3, 1))
    assert shell.run("index", "neu.xml", "--json").json["replaced"] == 1
    assert shell.ids('"Text 31"') == ["urn:1"]


def test_an_unchanged_document_is_not_parsed(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    """A document of the same bytes is known; if its articles are gone it is read again."""
    shell.write("news/a.txt", "Alpha\n\nDer erste Artikel steht hier.\n")
    assert shell.run("index", "news", "--json").json["added"] == 1
    parsed: list[str] = []
    monkeypatch.setattr("indexer.reading.read_document", lambda document, *_: parsed.append(document.name) or iter(()))
    assert shell.run("index", "news", "--json").json["unchanged"] == 1
    assert parsed == []
    monkeypatch.undo()
    assert shell.run("delete", "a.txt").code == 0
    assert shell.run("index", "news", "--json").json["added"] == 1
    assert shell.run("delete", "a.txt", "--forget").code == 0
    assert not (shell.folder / "index/documents.sqlite").exists()


def test_a_progress_bar_is_full_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """A packed file that is read at once takes its time to be unpacked, and the bar shows it."""
    terminal = io.StringIO()
    monkeypatch.setattr(terminal, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setattr(nachlese, "REDRAW", -1)
    with nachlese.progress_bar() as advance:
        assert advance is not None
        advance(2000, 2000, 1, False)
        assert ("99%" in terminal.getvalue(), "100%" in terminal.getvalue()) == (True, False)
        advance(2000, 2000, 9, True)
        assert "100%" in terminal.getvalue()


def test_a_broken_mapping_costs_no_article(shell: Shell) -> None:
    """What was read by a nachlese.toml that is broken now stays, and what has no keys is read."""
    shell.write("news/eins/a.json", '{"id": "1", "langtext": "Ein Beispiel.", "text": "Falsch."}')
    shell.write("news/eins/nachlese.toml", '[map]\nbody = "langtext"\n')
    assert shell.run("index", "news", "--json").json["added"] == 1
    shell.write("news/eins/nachlese.toml", "[map")
    shell.write("news/eins/b.txt", "Titel\n\nNoch ein Text.\n")
    result = shell.run("index", "news", "--prune", "--json")
    assert (result.code, result.json["added"], result.json["removed"]) == (3, 1, 0)
    assert result.json["passed_over"] == {"document with keys that no sound nachlese.toml says": 1}
    assert shell.ids("Beispiel") == ["1"]


def test_equal_texts_are_told(shell: Shell) -> None:
    """Articles whose text another one has are counted, with an example."""
    shell.records(
        "a.jsonl", {"id": "1", "body": "Ein Text."}, {"id": "2", "body": "Ein Text."}, {"id": "3", "body": "X."}
    )
    assert "1 article has the text of another one, as 2 has that of 1." in shell.run("index", "a.jsonl").out


def test_what_is_cancelled_is_removed(shell: Shell) -> None:
    """An article that an agency takes back goes, in whatever order the documents come, and stays away."""
    shell.records("news/b.jsonl", {"urn": "1", "text": "Ein Text."}, {"urn": "2", "text": "Noch ein Text."})
    assert shell.run("index", "news", "--json").json["added"] == 2
    shell.records("news/a.jsonl", {"urn": "1", "pubstatus": "canceled"})
    first = shell.run("index", "news", "--json").json
    assert (first["removed"], first["articles"]) == (1, 1)
    again = shell.run("index", "news", "--json").json
    assert [again[name] for name in ("added", "replaced", "removed", "articles")] == [0, 0, 0, 1]
    (shell.folder / "news/a.jsonl").unlink()
    assert shell.run("index", "news", "--json").json["articles"] == 2


def test_pages_that_an_issue_names_are_no_articles(shell: Shell) -> None:
    """What METS makes articles of is not listed page by page, in the first run and in later ones."""
    shutil.copytree(PROJECT / "tests/formats/issue", shell.folder / "issue")
    for added in (4, 0):  # pages come before METS; from the second run on it is known what they are
        result = shell.run("index", "issue", "--json").json
        assert (result["added"], result["articles"]) == (added, 2)
    assert shell.ids("Brücke") == ["mets.xml#A1"]


def test_what_is_passed_over_is_counted(shell: Shell) -> None:
    """Nothing in a folder is left out in silence: the report counts it by kind, in every run."""
    for name in ("a.png", "b.png", "c.xyz", "d.zip"):
        shell.write(f"news/{name}", b"\x89\x00")
    shell.write("news/d.zip", zipped({"a.txt": TEXT, "bild.png": b"x"}))
    for _ in range(2):
        assert "Passed over 4 documents: 3 .png, 1 .xyz." in shell.run("index", "news").out
        assert shell.run("index", "news", "--json").json["passed_over"] == {".png": 3, ".xyz": 1}


def test_articles_without_a_day_are_counted(shell: Shell) -> None:
    """The report says in a line how many articles of the run have no day."""
    shell.write("news/a.txt", "Titel\n\nEin Satz.")
    shell.write("news/hyp_19050312_001.txt", "Titel\n\nNoch ein Satz.")
    result = shell.run("index", "news")
    assert "1 article has no day" in result.out
    shell.write("news/b.txt", "Titel\n\nDer letzte Satz.")
    assert shell.run("index", "news", "--rebuild", "--json").json["undated"] == 2


def test_prune_spares_what_an_extra_would_read(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    """Articles of documents whose package is no longer installed stay, and the report says how to install it."""
    shell.write("news/a.docx", docx({"Titel": "Title", "Ein Text.": "Normal"}))
    shell.write("news/b.zip", zipped({"c.docx": docx({"Titel": "Title", "Noch ein Text.": "Normal"})}))
    assert shell.run("index", "news", "--json").json["articles"] == 2
    (shell.folder / "index/documents.sqlite").unlink()
    monkeypatch.setattr("indexer.formats.table.find_spec", lambda _name: None)
    result = shell.run("index", "news", "--prune")
    assert "2 .docx without the extra `docx`: pip install 'nachlese[docx]'." in result.out
    assert len(shell.ids("Text")) == 2


def test_a_dry_run_says_what_would_be_read(shell: Shell) -> None:
    """Each document with its format, and nothing is written."""
    shell.write("news/a.txt", "<?xml version='1.0'?><nitf/>")
    shell.write("news/b.png", b"x")
    shell.write("news/c.csv", "titel;text\n")
    result = shell.run("index", "news", "-", "--dry-run")
    told = [line.split("\t") for line in result.out.splitlines()]
    assert told == [["NITF", "news/a.txt"], ["passed over", "news/b.png"], ["CSV", "news/c.csv"], ["JSON lines", "-"]]
    assert shell.run("index", "news", "--dry-run", "--json").json[0] == {"document": "news/a.txt", "format": "NITF"}
    assert not (shell.folder / "index").exists()


def test_a_mapping_is_an_option(shell: Shell) -> None:
    """--map, once or several times, says what a file calls our keys; a wrong one is refused before anything is done."""
    shell.records("a.jsonl", {"nr": "1", "langtext": "Ein Text."})
    for options in (["--map", "body=langtext,id=nr"], ["--map", "body=langtext", "--map", "id=nr"]):
        assert shell.run("index", "a.jsonl", "--rebuild", *options).code == 0
        assert shell.ids("Text") == ["1"]
    assert "body=text,title=headline" in shell.run("index", "a.jsonl", "--map", "langtext=body").err


def test_names_that_the_system_refuses_end_no_run(shell: Shell) -> None:
    """A name that is too long, or a folder that may not be entered, is one line; the rest is indexed."""
    shell.write("a.txt", "Alpha\n\nEin Text.\n")
    result = shell.run("index", "x" * 300, "a.txt", "--json")
    assert (result.code, result.json["added"], len(result.json["failures"])) == (3, 1, 1)
    assert "File name too long" in result.json["failures"][0]["message"]


def test_articles_of_one_id_are_told_up_to_a_number(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of many the first are named, and one warning counts the others, whatever documents they are from."""
    monkeypatch.setattr(problem_limits, "MOST_NAMED", 2)
    for name in "abc":
        shell.records(f"{name}.jsonl", *({"id": "1", "body": "Immer derselbe."} for _ in range(3)))
    warnings = shell.run("index", "a.jsonl", "b.jsonl", "c.jsonl", "--json").json["warnings"]
    assert [warning["document"] for warning in warnings] == ["a.jsonl", "a.jsonl", "c.jsonl"]
    assert warnings[-1]["message"].startswith("6 more articles replace others of the same id")


def test_several_processes_give_the_same_index(shell: Shell) -> None:
    """With --jobs 2 the index answers exactly as with one process."""
    shell.records("news.jsonl", *({"id": str(n), "body": f"Artikel {n} über Berlin und Bonn."} for n in range(200)))
    assert shell.run("index", "news.jsonl", "--jobs", "2", "--index", "two").code == 0
    assert shell.run("index", "news.jsonl", "--jobs", "1", "--index", "one").code == 0
    one, two = (shell.run("search", "Artikel Bonn", "--index", name, "--json").json for name in ("one", "two"))
    for page in (one, two):
        del page["took_ms"]
    assert one == two
    assert one["total"] == 200


def test_a_second_indexer_gets_75(shell: Shell) -> None:
    """While the index is being written, another indexer stops with one sentence and exit code 75."""
    shell.write("a.txt", "Alpha\n\nWort im ersten Artikel.\n")
    with write_archive(shell.folder / "index"):
        result = shell.run("index", "a.txt")
    assert result.code == 75
    assert result.err.startswith("Error: Another process is writing to the index in index.")
    assert len(result.err.splitlines()) == 1


def test_a_killed_indexer_leaves_neither_lock_nor_workers(shell: Shell) -> None:
    """After kill -9 of an indexer with workers, they end and the next run gets the lock at once."""
    body = "Ein Satz über Berlin und Bonn mit vielen Wörtern. " * 40
    shell.records("news.jsonl", *({"id": str(n), "body": f"{body} {n}"} for n in range(6000)))
    command = [*COMMAND, "index", "news.jsonl", "--jobs", "2"]
    with subprocess.Popen(command, cwd=shell.folder, stderr=subprocess.DEVNULL, start_new_session=True) as process:
        time.sleep(2.5)
        assert process.poll() is None, "the run ended before it could be killed"
        process.kill()
    deadline = time.monotonic() + 10
    while group_lives(process.pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not group_lives(process.pid)
    shell.write("a.txt", "Alpha\n\nWort im ersten Artikel.\n")
    assert shell.run("index", "a.txt").code == 0
    with open_archive(shell.folder / "index") as archive:
        assert archive.article("a.txt").title == "Alpha"


def group_lives(group: int) -> bool:
    """Whether any process of a group is still there."""
    try:
        os.killpg(group, signal.SIGCONT)
    except ProcessLookupError:
        return False
    return True


def test_rebuild_starts_from_nothing(shell: Shell) -> None:
    """--rebuild keeps only what SOURCE has, and may change the engine."""
    shell.records("a.jsonl", {"id": "1", "body": "Erster."})
    shell.records("b.jsonl", {"id": "2", "body": "Zweiter."})
    shell.run("index", "a.jsonl", "--engine", "whoosh")
    refused = shell.run("index", "b.jsonl", "--engine", "tantivy")
    assert (refused.code, "--rebuild" in refused.err) == (4, True)
    assert shell.run("index", "b.jsonl", "--engine", "tantivy", "--rebuild").code == 0
    state = shell.run("status", "--json").json
    assert (state["engine"], state["articles"], state["generation"]) == ("tantivy", 1, 2)


def test_the_environment_names_the_index(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    """NACHLESE_INDEX is the directory when --index is not given."""
    monkeypatch.setenv("NACHLESE_INDEX", str(shell.folder / "elsewhere"))
    shell.records("a.jsonl", {"id": "1", "body": "Erster."})
    assert shell.run("index", "a.jsonl").code == 0
    assert (shell.folder / "elsewhere/archive.json").exists()
    assert not (shell.folder / "index").exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_names_cannot_write_to_the_terminal(shell: Shell) -> None:
    """Line breaks and signs that a terminal obeys are replaced wherever a name of a document is shown."""
    for name in ("a\x1b[31m\nb.txt", "c.txt", "d.x\x1b[31m"):
        shell.write(f"news/{name}", "Titel\n\nText.\n")
    told = "\N{REPLACEMENT CHARACTER}"
    assert shell.run("index", "news", "--dry-run").out.splitlines()[0] == f"text\tnews/a{told}[31m{told}b.txt"
    out = shell.run("index", "news").out
    assert "\x1b" not in out
    assert f"as c.txt has that of a{told}[31m b.txt." in out
