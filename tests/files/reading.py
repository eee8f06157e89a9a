"""The files read back with other people's parsers, as the ids or texts of articles."""

from __future__ import annotations

import csv
import json
import re
from io import StringIO
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

import bibtexparser
import rispy
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

ATOM = "{http://www.w3.org/2005/Atom}"
_TEX = {
    "textbackslash": "\\",
    "textbraceleft": "{",
    "textbraceright": "}",
    "textquotedbl": '"',
    "textasciicircum": "^",
    "textasciitilde": "~",
}


def text_of(response: TestResponse) -> str:
    """The text of a good answer, which must be UTF-8."""
    assert response.status_code == 200, response.text
    return response.data.decode("utf-8")


def table(text: str) -> list[dict[str, str]]:
    """The rows of a CSV file, read as strictly as Python can."""
    return list(csv.DictReader(StringIO(text.removeprefix("\ufeff"), newline=""), strict=True))


def lines(text: str) -> list[Any]:
    """The values of a JSON Lines file."""
    return [json.loads(line) for line in text.removesuffix("\n").split("\n")] if text else []


def ris(text: str) -> list[dict[str, Any]]:
    """The references of a RIS file; rispy's custom of splitting addresses at semicolons is not the format's."""
    return rispy.loads(text, newline="\r\n", delimiter_tags_mapping={})


def bibtex(text: str) -> list[dict[str, str]]:
    """The entries of a BibTeX file, which must all be whole and have balanced braces even for BibTeX itself."""
    assert_balanced(text)
    library = bibtexparser.parse_string(text)
    assert not library.failed_blocks
    assert len(library.blocks) == len(library.entries)
    return [
        {"type": entry.entry_type, "key": entry.key} | {field.key: field.value for field in entry.fields}
        for entry in library.entries
    ]


def assert_balanced(text: str) -> None:
    """Braces are counted as BibTeX does, a backslash before one changes nothing."""
    depth = 0
    for brace in re.findall("[{}]", text):
        depth += 1 if brace == "{" else -1
        assert depth >= 0
    assert depth == 0


def printed(text: str) -> str:
    """What TeX prints for a field's value."""
    named = re.sub(r"\{\\(text\w+)\}", lambda found: _TEX[found[1]].replace("\\", "\0"), text.replace("\0", ""))
    plain = re.sub(r"\\([#$%&_])", r"\1", named)
    assert "\\" not in plain
    return plain.replace("\0", "\\")


def feed(text: str) -> ElementTree.Element:
    """The root of an Atom feed."""
    root = ElementTree.fromstring(text)
    assert root.tag == f"{ATOM}feed"
    return root


def links(element: ElementTree.Element) -> dict[str, str]:
    """The addresses of an element's links by their relation, of which each may be there once."""
    found = element.findall(f"{ATOM}link")
    addresses = {link.get("rel", "alternate"): link.get("href", "") for link in found}
    assert len(addresses) == len(found)
    return addresses


def hits(client: FlaskClient, query: str) -> list[dict[str, Any]]:
    """What the JSON API answers to the same query, up to its largest page."""
    answer = client.get(f"/api/search?size=100&{query}")
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.get_json()["hits"]
    return found


def permalink(id: str) -> str:
    """The address of an article as the sample's plain ids have it."""
    return f"http://localhost/artikel/{quote(id)}"
