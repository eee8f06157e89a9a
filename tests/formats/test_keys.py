"""JSON and tables with keys of others."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from indexer import Document, PassedOver, Problem, find_documents, read_document
from indexer.mapping import MappingUnusable, parse_mapping
from indexer.preview import preview
from search import Article
from tests.reading.sample import articles, problems, read_text, the_article, the_problem, written


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        ({"headline": "T", "articleBody": "Text.", "datePublished": "2020-01-02"}, ("T", "Text.", "2020-01-02")),
        ({"Titel": "T", "Volltext": "Text.", "Datum": "2.1.2020"}, ("T", "Text.", "2020-01-02")),
        ({"title": "T", "headline": "U", "content": "Text.", "text": ""}, ("T", "Text.", None)),
        ({"title": "T", "content_html": "<p>Ein Satz.</p><p>Noch einer.</p>"}, ("T", "Ein Satz.\n\nNoch einer.", None)),
    ],
)
def test_keys_of_others_are_known(tmp_path: Path, record: dict[str, Any], expected: tuple[Any, ...]) -> None:
    """Where a record has none of our keys, those of others are read, in any case."""
    article = the_article(read_text(tmp_path, "a.json", json.dumps(record)))
    assert (article.title, article.body, article.date and article.date.text) == expected


def test_the_day_of_a_feed_is_that_of_none_of_its_articles(tmp_path: Path) -> None:
    """An entry without a day has none, be the file called by the day on which it was fetched."""
    entry = "<item><title>T</title><description>Ein ganzer Satz.</description></item>"
    feed = f"<rss version='2.0'><channel><title>Blatt</title>{entry}</channel></rss>"
    assert the_article(read_text(tmp_path, "feed-2024-02-29.xml", feed)).date is None


def test_objects_with_a_name_are_names(tmp_path: Path) -> None:
    """Publishers and authors may be objects that have a name."""
    record = {"text": "Text.", "publisher": {"name": "Talbote"}, "author": [{"name": "Lena Voss"}, "Jo Brandt"]}
    article = the_article(read_text(tmp_path, "a.json", json.dumps(record)))
    assert (article.source, article.authors) == ("Talbote", ("Lena Voss", "Jo Brandt"))


def test_who_has_no_known_key_is_told_of_the_mapping(tmp_path: Path) -> None:
    """A record without a known text names the key that may have it."""
    record = {"title": "T", "kurz": "Nichts.", "langtext": "Das ist der ganze Text."}
    assert "--map body=langtext" in the_problem(read_text(tmp_path, "a.json", json.dumps(record))).message


def read_all(folder: Path, mapping: str = "") -> list[Article | Problem]:
    """What lies in a folder, read with a mapping."""
    found = find_documents([str(folder)], parse_mapping(mapping))
    items = [read_document(item) if isinstance(item, Document) else [item] for item in found]
    return [each for part in items for each in part if isinstance(each, (Article, Problem))]


RECORD = json.dumps({"kopf": {"zeile": "T"}, "teile": [{"t": "Text."}], "body": "Falsch."})


def test_a_mapping_names_keys(tmp_path: Path) -> None:
    """What --map names goes before what is known; dots lead into objects and lists."""
    written(tmp_path, "a.json", RECORD)
    article = the_article(read_all(tmp_path, "title=kopf.zeile, body=teile.0.t"))
    assert (article.title, article.body) == ("T", "Text.")


def test_a_file_beside_maps_what_lies_there_and_below(tmp_path: Path) -> None:
    """nachlese.toml maps its folder and those in it, unless they have their own; it is no document itself."""
    written(tmp_path, "oben.json", RECORD)
    written(tmp_path, "eins/a.json", RECORD)
    written(tmp_path, "eins/nachlese.toml", '[map]\nbody = "teile.0.t"\n')
    written(tmp_path, "eins/zwei/b.json", RECORD)
    written(tmp_path, "eins/drei/c.csv", "wort;zahl\nInhalt.;1\n")
    written(tmp_path, "eins/drei/nachlese.toml", '[map]\nbody = "wort"\n')
    found = {item.id: item.body for item in articles(read_all(tmp_path))}
    expected = {
        "oben.json": "Falsch.",
        "eins/a.json": "Text.",
        "eins/zwei/b.json": "Text.",
        "eins/drei/c.csv#2": "Inhalt.",
    }
    assert found == expected


@pytest.mark.parametrize(
    "text",
    ['[map]\nkörper = "t"\n', "[map\n", "[map]\nbody = 3\n", 'map = "body"\n', 'body = "t"\n', f"map = {'[' * 9999}"],
)
def test_a_bad_file_of_a_mapping_is_a_problem(tmp_path: Path, text: str) -> None:
    """What cannot be a mapping is told with an example, and what has keys is not read with those of a folder above."""
    written(tmp_path, "nachlese.toml", '[map]\nbody = "teile.0.t"\n')
    written(tmp_path, "eins/a.json", RECORD)
    written(tmp_path, "eins/a.txt", "Titel\n\nText ohne Schlüssel.\n")
    written(tmp_path, "eins/nachlese.toml", text)
    found = read_all(tmp_path)
    assert 'write [map], and below it lines such as body = "text"' in problems(found)[0].message
    assert [item.body for item in articles(found)] == ["Text ohne Schlüssel."]


@pytest.mark.parametrize("source", ["", "eins", "eins/zwei", "eins/zwei/a.json"])
def test_a_file_above_maps_what_lies_below(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: str) -> None:
    """A document has the keys that a nachlese.toml above it says, whatever the SOURCE; a dry run tells them."""
    written(tmp_path, "eins/zwei/a.json", RECORD)
    written(tmp_path, "nachlese.toml", '[map]\nbody = "teile.0.t"\n')
    monkeypatch.chdir(tmp_path)
    for path in (tmp_path / source, Path(source)):
        assert the_article(read_all(path)).body == "Text."
        assert [told for _, told in preview([str(path)])] == ["JSON with body=teile.0.t"]


@pytest.mark.parametrize("text", ["text=body", "body", "body=", "körper=text", ",", "body=a,", "body=a,body=b"])
def test_a_mapping_that_names_nothing_is_refused(text: str) -> None:
    """An option that maps to or from nothing, or one key twice, is an error with an example."""
    with pytest.raises(MappingUnusable, match="write body=text,title=headline"):
        parse_mapping(text)


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_tables_of_all_delimiters(tmp_path: Path, mark: str) -> None:
    """The head tells what parts the columns; empty rows are none, missing cells are absent."""
    rows = [["Titel", "Text", "Datum"], ["Eins", f'"Mit{mark}im Text."', "2020-01-01"], [], ["", "Zwei."]]
    found = read_text(tmp_path, "a.csv", "\n".join(mark.join(row) for row in rows))
    assert [(item.title, item.body, item.id) for item in articles(found)] == [
        ("Eins", f"Mit{mark}im Text.".replace("\t", " "), "a.csv#2"), ("", "Zwei.", "a.csv#4"),
    ]  # fmt: skip


def test_bad_rows_and_tables_are_told(tmp_path: Path) -> None:
    """A row without a text is a problem with its line; a quote that is never closed ends the table."""
    found = read_text(tmp_path, "a.csv", "titel,text\nEins,Text.\nZwei,\nDrei,Text.\n")
    assert (len(articles(found)), [item.line for item in problems(found)]) == (2, [3])
    assert "is empty" in the_problem(read_text(tmp_path, "b.csv", "\n\n")).message


ROWS = [
    # rows below the head titel,text; titles of the articles; lines and what is said of them
    ("Eins,Ja, gestern.\nZwei,Text.,,\n", ["Zwei"], [(2, "has 3 fields and the head 2")]),
    ('Eins,Text.\nZwei,"Text.\nDrei,Text.\n', ["Eins"], [(3, "up to line 4 (unexpected end of data)")]),
    ('A,"Text.\nB,"Text."\nC,Text.\n', ["C"], [(2, "is not closed or not doubled, up to line 3")]),
    ('A,"Text.\nB,""\nC,"Text."\nD,Text.\n', ["D"], [(2, "up to line 4")]),
    ('A,"Er sagt "ja"."\nB,Text.\n', ["A", "B"], [(2, "read as it seems")]),
    ('A,"Er sagt "ja", dann."\nB,Text.\n', ["B"], [(2, "is not closed or not doubled (")]),
    ('A,Er sagt "ja".\nB,"Zwei\nZeilen."\n', ["A", "B"], []),
]


@pytest.mark.parametrize(("rows", "titles", "told"), ROWS)
def test_nothing_of_a_row_is_lost_in_silence(
    tmp_path: Path, rows: str, titles: list[str], told: list[tuple[int, str]]
) -> None:
    """Fields without their quotes, and quotes that stay open, are told with their lines; the other rows are read."""
    found = read_text(tmp_path, "a.csv", f"titel,text\n{rows}")
    assert [item.title for item in articles(found)] == titles
    assert [item.line for item in problems(found)] == [line for line, _ in told]
    for problem, (_, message) in zip(problems(found), told, strict=True):
        assert message in problem.message


HEADS = [
    # a table, the titles of its articles, what is said of its first line
    ("sep=;\nTitel;Text\nEins;Ja, gestern.\n", ["Eins"], []),
    ('\ufeffsep=|\nTitel|Text\nEins|"Ja\n', [], ["line 3: is not closed"]),
    ('titel,"text\nEins,Text.\n', ["Eins"], []),
    ("titel,text,text\nEins,Text.,Mehr.\n", ["Eins"], ["1: names the column 'text' twice"]),
    ("Eins,Das ist ein Text.\nZwei,Noch einer.\n", [], ["1: names no column that is known", "--map body=COLUMN"]),
]


@pytest.mark.parametrize(("table", "titles", "told"), HEADS)
def test_heads_are_what_they_are(tmp_path: Path, table: str, titles: list[str], told: list[str]) -> None:
    """What Excel writes above a head is no head; columns that hide each other or say nothing are told once."""
    found = read_text(tmp_path, "a.csv", table)
    assert [item.title for item in articles(found)] == titles
    assert len(problems(found)) == bool(told)
    for message in told:
        assert all(part in str(problems(found)[0]) for part in message.split(": "))


def test_a_mapping_names_columns_as_they_are_written(tmp_path: Path) -> None:
    """Columns are named in any case, by a mapping too."""
    written(tmp_path, "a.csv", "Kopf,Langtext\nEins,Text.\n")
    article = the_article(read_all(tmp_path, "title=Kopf,body=LANGTEXT"))
    assert (article.title, article.body) == ("Eins", "Text.")


WRAPPED = [
    ({"hits": {"total": 1, "hits": [{"_id": "7", "_source": {"title": "T", "text": "Text."}}]}}, "7"),
    ({"response": {"docs": [{"id": "7", "title": "T", "text": "Text."}]}}, "7"),
    ({"data": {"articles": [{"id": "7", "title": "T", "text": "Text."}]}}, "7"),
    ({"_index": "news", "_id": "7", "_source": {"title": "T", "text": "Text."}}, "7"),
]


@pytest.mark.parametrize(("value", "id"), WRAPPED)
def test_records_may_be_wrapped(tmp_path: Path, value: dict[str, Any], id: str) -> None:
    """What search engines and other programs put around records, and around their list, is taken off."""
    article = the_article(read_text(tmp_path, "a.json", json.dumps(value)))
    assert (article.id, article.title, article.body) == (id, "T", "Text.")


DRAFT, PASSED = "draft of a WordPress export", "JSON-LD of another kind"
EXPORTS = [
    # what a system exports, id, title, text and day of its articles, what is passed over
    (
        {
            "@graph": [
                {"@type": "NewsArticle", "@id": "x", "headline": "T", "articleBody": "Text."},
                {"@type": "WebPage"},
            ]
        },
        [("x", "T", "Text.", None)],
        [PASSED],
    ),
    (
        {
            "data": [
                {"type": "node--article", "id": "a1", "attributes": {"title": "T", "body": {"value": "<p>Text.</p>"}}}
            ]
        },
        [("a1", "T", "Text.", None)],
        [],
    ),
    (
        [
            {"post_title": "T", "post_content": "Eins.\n[gallery ids='1']\nZwei.", "post_date": "2015-08-14 11:00:00"},
            {"post_id": 2, "post_content": "Noch nichts.", "post_status": "draft"},
        ],
        [("a.json#1", "T", "Eins.\n\nZwei.", "2015-08-14")],
        [DRAFT],
    ),
]


@pytest.mark.parametrize(("value", "expected", "passed_over"), EXPORTS)
def test_exports_of_systems_are_read(
    tmp_path: Path, value: Any, expected: list[tuple[Any, ...]], passed_over: list[str]
) -> None:
    """Graphs of schema.org, JSON:API and tables of WordPress hold articles, and what is none is passed over."""
    found = read_text(tmp_path, "a.json", json.dumps(value))
    told = [(each.id, each.title, each.body, each.date and each.date.text) for each in articles(found)]
    assert told == expected
    assert [each.kind for each in found if isinstance(each, PassedOver)] == passed_over


@pytest.mark.parametrize(
    "record", [{"@context": "https://schema.org a", "type": "node--x"}, {"type": "a", "_x": "b c"}]
)
def test_no_key_of_machines_is_proposed_as_text(tmp_path: Path, record: dict[str, Any]) -> None:
    """A key is proposed only if it holds words, and is none that programs write for programs."""
    assert "--map" not in the_problem(read_text(tmp_path, "a.json", json.dumps(record))).message
