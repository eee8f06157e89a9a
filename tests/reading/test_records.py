"""JSON records, one a line or in an array."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import Article
from tests.reading.sample import articles, line, problems, read_stdin, read_text, the_article, the_problem

FULL = {
    "id": "n-1",
    "url": "https://example.org/1",
    "title": "Ein Titel",
    "body": "Erster Absatz.\n\nZweiter Absatz.",
    "date": "2025-08-13T01:30:00+02:00",
    "source": "Tagesblatt",
    "section": "Politik",
    "authors": ["Anna Beispiel", "Bert Muster"],
    "entities": {"person": ["Kim Jong Un"], "locations": ["Köln"], "organization": ["dpa"]},
    "ignored": {"any": ["thing"]},
}


def test_all_keys_are_read(tmp_path: Path) -> None:
    """A record with all keys becomes an article with all fields."""
    article = the_article(read_text(tmp_path, "a.jsonl", line(**FULL)))
    assert article.as_json() == {
        **{key: FULL[key] for key in ("id", "url", "title", "body", "source", "section", "authors")},
        "date": "2025-08-13",
        "instant": "2025-08-13T01:30:00+02:00",
        "entities": {"person": ["Kim Jong Un"], "place": ["Köln"], "organisation": ["dpa"]},
        "mentions": [],
    }


def test_only_body_is_required(tmp_path: Path) -> None:
    """A record of a body alone is an article, named after its line; null is as good as absent."""
    content = '\n{"body": "Eins."}\n\n' + line(**{**dict.fromkeys(FULL), "body": "Zwei."})
    found = articles(read_text(tmp_path, "a.jsonl", content))
    assert [(article.id, article.body, article.title) for article in found] == [
        ("a.jsonl#2", "Eins.", ""),
        ("a.jsonl#4", "Zwei.", ""),
    ]


IDS = [
    ({"id": "x", "url": "https://e.org/1"}, "x"),
    ({"id": 7}, "7"),
    ({"id": " ", "url": "https://e.org/1"}, "https://e.org/1"),
    ({}, "a.jsonl#1"),
]


@pytest.mark.parametrize(("record", "id"), IDS)
def test_the_id_is_the_best_known_name(tmp_path: Path, record: dict[str, Any], id: str) -> None:
    """An article is known by its id, else its URL, else its place."""
    assert the_article(read_text(tmp_path, "a.jsonl", line(body="x", **record))).id == id


BROKEN = [
    # content of a line, what the report says
    ('{"body": "x"', "is not valid JSON (Expecting ',' delimiter at column 13)"),
    ("kein JSON", "is not valid JSON"),
    ("[1, 2]", "is an array; write each article as a JSON object in braces"),
    ('"text"', "is a string; write each article as a JSON object"),
    ("null", "is null; write each article"),
    ("{}", 'is missing "body"'),
    ('{"body": "  \\n "}', 'is missing "body"'),
    ('{"body": null}', 'is missing "body"'),
    ('{"body": true}', 'has true or false as "body"; write a string'),
    ('{"body": [{"type": "image"}]}', 'is missing "body"'),
    ('{"body": "x", "n": ' + "9" * 5000 + "}", "is not readable JSON (Exceeds the limit"),
    ("[" * 100_000, "is nested too deeply"),
    ('{"body": ' + "[" * 100_000, "is nested too deeply"),
]


@pytest.mark.parametrize(("content", "message"), BROKEN, ids=[content[:40] for content, _ in BROKEN])
def test_a_broken_line_is_one_problem(tmp_path: Path, content: str, message: str) -> None:
    """A line that is no article is reported with its number and remedy, and its neighbours are read."""
    found = read_text(tmp_path, "a.jsonl", f'{{"body": "davor"}}\n{content}\n{{"body": "danach"}}\n')
    assert [article.body for article in articles(found)] == ["davor", "danach"]
    (problem,) = problems(found)
    assert (problem.line, problem.fatal) == (2, True)
    assert message in problem.message
    assert str(problem).startswith(f"{tmp_path / 'a.jsonl'}, line 2: ")


ODD = [
    ('{"body": "x", "n": NaN, "m": 1e999, "k": -Infinity}', "x"),
    (r'{"body": "a\ud800b"}', "a\ufffdb"),
    (r'{"body": "<p>a\ud800b</p><p>c</p>"}', "a\ufffdb\n\nc"),
    (r'{"body": "a\ud83d\ude00b"}', "a\U0001f600b"),
    (r'{"body": "a\u0000b"}', "a b"),
    ('{"body": "<script>var a = 1;</script>Eins.<style>p {}</style>"}', "Eins."),
    ('{"body": "<p>Eins.</p><iframe>Kein Rahmen.</iframe><figure><figcaption>Bild.</figcaption></figure>"}', "Eins."),
    ('{"body": "Eins.<div class=wp-caption><img src=a><p>Bild.</p></div><div>Zwei.</div>"}', "Eins.\n\nZwei."),
    ('{"body": "Eins <img src=a>und zwei."}', "Eins und zwei."),
    (r'{"body": "Eins\r\nZwei\r\n\r\nDrei"}', "Eins\n\nZwei\n\nDrei"),
    ('\ufeff{"body": "x"}', "x"),
    ('{"body": "alt", "body": "neu"}', "neu"),
    ('{"body": "A\u2028B"}', "A\n\nB"),
]


@pytest.mark.parametrize(("content", "body"), ODD, ids=[content[:30] for content, _ in ODD])
def test_odd_values_are_mended(tmp_path: Path, content: str, body: str) -> None:
    """What no archive can store is replaced, and the article is read."""
    assert the_article(read_text(tmp_path, "a.jsonl", content)).body == body


WARNINGS = [
    ({"date": "gestern"}, "the article is indexed without a date: 'gestern' is not a date"),
    ({"date": "2025-13-45"}, "the article is indexed without a date"),
    ({"date": 12345}, "the article is indexed without a date: '12345' is not a date"),
    ({"url": "javascript:alert(1)"}, "the address 'javascript:alert(1)' is left out"),
    ({"url": "https://[x"}, "is left out"),
    ({"id": True}, 'has true or false as "id", which is left out; write a string'),
    ({"id": float("nan")}, 'has a number as "id", which is left out'),
    ({"date": True}, 'has true or false as "date", which is left out'),
    ({"title": {"lang": 7}}, 'has an object as "title", which is left out'),
    ({"authors": [1]}, 'has a number in "authors", which is left out; write a list of strings'),
    ({"entities": ["Kim"]}, 'has an array as "entities", which is left out; write an object like {"person": ["..."]}'),
    ({"entities": {"places": [[[]]]}}, 'has an array in "entities.places", which is left out'),
]


@pytest.mark.parametrize(("record", "message"), WARNINGS)
def test_small_faults_are_warnings(tmp_path: Path, record: dict[str, Any], message: str) -> None:
    """A date, address or other value that cannot be used costs the article only that, and the report says so."""
    warning, article = read_text(tmp_path, "a.jsonl", line(body="x", **record))
    assert isinstance(article, Article)
    assert (article.date, article.url) == (None, None)
    (problem,) = problems([warning])
    assert (problem.fatal, problem.line) == (False, 1)
    assert message in problem.message


READ = [
    # a record, keys of its article
    ({"category": ["Politik", "Bayern"], "published": True}, {"section": "Politik", "date": None}),
    ({"published": True, "pubDate": "2021-03-05"}, {"date": "2021-03-05"}),
    ({"id": 7, "title": 1984, "source": 3.5}, {"id": "7", "title": "1984", "source": "3.5"}),
    ({"_id": {"$oid": "64af"}, "date": {"$date": "2021-03-05T10:00:00Z"}}, {"id": "64af", "date": "2021-03-05"}),
    ({"title": {"rendered": "Ein &amp; alles"}}, {"title": "Ein & alles"}),
    ({"author": {"name": {"name": "Eva Stein"}}}, {"authors": ["Eva Stein"]}),
    ({"author": {"person": 3, "firstName": "Eva", "lastName": "Stein"}}, {"authors": ["Eva Stein"]}),
    ({"authors": {}, "author": "Eva Stein"}, {"authors": ["Eva Stein"]}),
    ({"authors": [None, {"display_name": "Eva Stein"}]}, {"authors": ["Eva Stein"]}),
    ({"title": " ", "headline": "Titel"}, {"title": "Titel"}),
    ({"body": "", "text": "y"}, {"body": "y"}),
    ({"body": ["Eins.", {"type": "image", "url": "a.jpg"}, {"text": "Zwei."}]}, {"body": "Eins.\n\nZwei."}),
    ({"body": {"rendered": "<p>Eins.</p><p>Zwei.</p>", "protected": False}}, {"body": "Eins.\n\nZwei."}),
    (dict.fromkeys(FULL), {"title": ""}),
]


@pytest.mark.parametrize(("record", "expected"), READ)
def test_values_of_other_types_are_read(tmp_path: Path, record: dict[str, Any], expected: dict[str, Any]) -> None:
    """Lists, objects with a name or a text, and numbers are read as what they say; what is empty hides no other key."""
    record = record if record.get("body") or "text" in record else {**record, "body": "x"}
    found = [item for item in read_text(tmp_path, "a.jsonl", line(**record)) if isinstance(item, Article)]
    assert {key: found[0].as_json()[key] for key in expected} == expected


@pytest.mark.parametrize("date", [1614945600, 1614945600000, 1614945600.5, 20210305, "05.03.21", "Stand: 5. März 2021"])
def test_dates_are_read_as_they_are_written(tmp_path: Path, date: Any) -> None:
    """A date may be a number, as databases write it, or what an editor wrote."""
    (article,) = articles(read_text(tmp_path, "a.jsonl", line(body="x", date=date)))
    assert article.as_json()["date"] == "2021-03-05"


SHAPES = [
    ('{"id": "1", "body": "x"}', ["1"]),
    ('{"body": "x"}', ["a.json"]),
    ('[{"body": "x"}, {"id": 2, "body": "y"}]', ["a.json#1", "2"]),
    ('{"articles": [{"body": "x"}]}', ["a.json#1"]),
    ('\ufeff\n[{"body": "x"}]\n', ["a.json#1"]),
]


@pytest.mark.parametrize(("content", "ids"), SHAPES)
def test_a_json_file_holds_one_or_many(tmp_path: Path, content: str, ids: list[str]) -> None:
    """A .json file is one object, an array of them, or an object with such an array."""
    assert [article.id for article in articles(read_text(tmp_path, "a.json", content))] == ids


BAD_FILES = [
    ("[]", "holds an empty array"),
    ('{"articles": []}', "holds an empty array"),
    ('[{"body": "x"},\n]', "is not valid JSON"),
    ("[" * 100_000, "is nested too deeply"),
    ("17", "is a number; write each article as a JSON object"),
    ('[{"title": "x"}]', 'record 1: is missing "body"'),
    ("\n", "is empty"),
]


@pytest.mark.parametrize(("content", "message"), BAD_FILES)
def test_a_bad_json_file_is_one_problem(tmp_path: Path, content: str, message: str) -> None:
    """A .json file without articles is one line in the report."""
    assert message in the_problem(read_text(tmp_path, "a.json", content)).message


def test_a_bad_record_in_an_array_spares_the_others(tmp_path: Path) -> None:
    """A record of a wrong type is reported with its place in the array."""
    found = read_text(tmp_path, "a.json", '[{"body": "x"}, {"body": 1}, {"body": "z"}]')
    assert [article.id for article in articles(found)] == ["a.json#1", "a.json#3"]
    assert "record 2: has a number" in problems(found)[0].message


def test_standard_input_brings_json_lines() -> None:
    """Records of standard input are named after their lines."""
    (article,) = articles(read_stdin(line(body="Größe").encode()))
    assert (article.id, article.document) == ("-#1", "-")


@pytest.mark.parametrize("content", [b"", b"\n\n \n", b"\xef\xbb\xbf"])
def test_an_input_without_records_is_a_problem(content: bytes) -> None:
    """Nothing on standard input is a problem, not silence."""
    assert "is empty" in the_problem(read_stdin(content)).message


def test_each_line_has_its_own_encoding(tmp_path: Path) -> None:
    """In an archive of mixed encodings every line is read in its own."""
    record = line(body="Größe für Müller")
    content = (
        record.encode() + record.encode("cp1252") + record.encode().replace(b"\n", b"\r\n") + record.encode("cp1252")
    )
    assert {article.body for article in articles(read_text(tmp_path, "a.jsonl", content))} == {"Größe für Müller"}


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_marked_encodings_work_for_lines(tmp_path: Path, encoding: str) -> None:
    """JSON lines may be in any encoding that a mark tells."""
    content = (line(body="Größe") + line(body="Maß")).encode(encoding)
    assert [article.body for article in articles(read_text(tmp_path, "a.jsonl", content))] == ["Größe", "Maß"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_as_on_any_system(tmp_path: Path, end: str) -> None:
    """The line ends of all systems part records."""
    content = line(body="Eins").strip() + end + line(body="Zwei").strip()
    assert [article.id for article in articles(read_text(tmp_path, "a.jsonl", content))] == ["a.jsonl#1", "a.jsonl#2"]


# Without &: references such as &auml; are read as the letters that they mean.
WORDS = st.text(st.characters(categories=["L", "N", "P"], exclude_characters="&"), min_size=1, max_size=12)
SENTENCES = st.lists(WORDS, min_size=1, max_size=5).map(" ".join)


@given(
    id=WORDS,
    title=SENTENCES,
    body=st.lists(SENTENCES.map(lambda text: f"Es heißt {text}."), min_size=1, max_size=4),
    authors=st.lists(st.sampled_from(["Eva Muster", "Jürgen von der Lippe", "dpa"]), unique=True, max_size=3),
)
def test_records_survive_the_way(id: str, title: str, body: list[str], authors: list[str]) -> None:
    """What is written as a JSON record is read as the same article."""
    record = {"id": id, "title": title, "body": "\n\n".join(body), "authors": authors}
    (article,) = articles(read_stdin(json.dumps(record).encode()))
    assert {key: article.as_json()[key] for key in record} == record


def test_problems_of_a_document_are_named_up_to_a_number(tmp_path: Path) -> None:
    """Of thousands of bad lines the first thousand are named and the others counted; good ones between are read."""
    lines = "".join(line(id=number, body="Ein Satz.", date="nie") + "1\n" for number in range(1500))
    found = read_text(tmp_path, "a.jsonl", lines + line(id="last", body="Der letzte."))
    assert len(articles(found)) == 1501
    failures = [problem for problem in problems(found) if problem.fatal]
    warnings = [problem for problem in problems(found) if not problem.fatal]
    assert (len(failures), len(warnings)) == (1001, 1001)
    assert "has 500 more failures of these kinds" in failures[-1].message
    assert "has 500 more warnings of these kinds" in warnings[-1].message


def test_a_file_of_bad_lines_is_given_up(tmp_path: Path) -> None:
    """A file of which most lines are no article is not read to its end."""
    found = read_text(tmp_path, "a.jsonl", line(body="Ein Satz.") + "1\n" * 5000 + line(body="Nie gelesen."))
    assert [article.body for article in articles(found)] == ["Ein Satz."]
    assert len(problems(found)) == 1001
    assert "the rest was not read" in problems(found)[-1].message


@pytest.mark.parametrize(("name", "end"), [("a.json", ""), ("a.jsonl", "\n" + line(body="Ein Satz."))])
def test_tables_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, end: str) -> None:
    """JSON of millions of values, which take many times their length in memory, is one line in the report."""
    monkeypatch.setattr("indexer.formats.json_documents._MOST_VALUES", 1000)
    found = read_text(tmp_path, name, f"[{','.join(['[]'] * 1001)}]{end}")
    assert [str(problem).split(": ", 1)[1][:33] for problem in problems(found)] == ["holds more than 1,000 values, whi"]
    assert len(articles(found)) == bool(end)


def test_names_that_are_too_long_are_left_out(tmp_path: Path) -> None:
    """A declared name of a megabyte costs a warning, not its article, and not the memory for all of its beginnings."""
    long = "von " * 1000
    entities = {"person": [long, "Willy Brandt"]}
    found = read_text(tmp_path, "a.jsonl", line(body="Ein Satz.", authors=[long, "Anna"], entities=entities))
    (article,) = articles(found)
    assert (article.authors, article.entities.person) == (("Anna",), ("Willy Brandt",))
    assert [problem.fatal for problem in problems(found)] == [False, False]


def test_a_file_of_empty_lines_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Empty lines are passed over, but not millions of them in a row."""
    monkeypatch.setattr("indexer.formats.json_documents._MOST_BLANK", 10)
    assert len(articles(read_text(tmp_path, "a.jsonl", "\n" * 10 + line(body="Ein Satz.") + "\n" * 10))) == 1
    found = read_text(tmp_path, "a.jsonl", line(body="Ein Satz.") + "\n" * 11 + line(body="Nie gelesen."))
    assert len(articles(found)) == 1
    assert "has more than 10 empty lines in a row" in problems(found)[0].message


PRETTY = json.dumps({"id": "1", "body": "Eins.", "date": "2021-03-05"}, indent=2)


@pytest.mark.parametrize(
    ("content", "ids"),
    [
        (PRETTY, ["1"]),
        ("\n" + PRETTY.replace("\n", "\r\n"), ["1"]),
        (PRETTY.replace("{\n", "{"), ["1"]),
        (f"[{PRETTY},\n{PRETTY.replace('1', '2')}]", ["1", "2"]),
        ('[\n{"id": "1", "body": "x"},\n{"id": "2", "body": "y"}\n]\n', ["1", "2"]),
        ('[{"id": "1", "body": "x"}, {"id": "2", "body": "y"}]', ["1", "2"]),
        (json.dumps([{"id": "1", "body": "Wort " * 4000}]), ["1"]),
        (json.dumps({"items": [{"id": "1", "body": "Eins."}]}, indent=1), ["1"]),
        ('{"id": "1", "body"\n{"id": "2", "body": "y"}\n', ["2"]),
    ],
)
def test_a_file_of_lines_may_hold_one_document(tmp_path: Path, content: str, ids: list[str]) -> None:
    """What is an array, or an object over many lines, is read as such; a first line that breaks off spoils no other."""
    assert [item.id for item in articles(read_text(tmp_path, "a.jsonl", content))] == ids
    assert [item.id for item in articles(read_stdin(content.encode()))] == ids


def test_objects_that_follow_each_other_are_told(tmp_path: Path) -> None:
    """Several objects over many lines are no JSON; the advice makes lines of them."""
    assert "jq -c . FILE" in the_problem(read_text(tmp_path, "a.jsonl", PRETTY + "\n" + PRETTY)).message


def test_a_json_file_may_hold_lines(tmp_path: Path) -> None:
    """What databases export as .json has an object on each line; a bad one is a problem of its own."""
    found = read_text(tmp_path, "a.json", '{"id": "1", "body": "Eins."}\n{"id": "2", "body": "Zwei."}\n{"id"\n')
    assert [item.id for item in articles(found)] == ["1", "2"]
    assert the_problem(problems(found)).line == 3
