"""Bylines are read as the names of authors, one each, in whatever format they come."""

import json
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.bylines import MOST_AUTHORS, read_bylines, split_byline
from tests.reading.sample import articles, line, read_text

CASES = tomllib.loads((Path(__file__).parent / "bylines.toml").read_text(encoding="utf-8"))["case"]
BOTH = ("Anna Schmidt", "Ben Wolf")
NAMES = st.lists(
    st.builds(
        "{} {}{}".format,
        st.sampled_from(["Anna", "Hans-Peter", "Jürgen", "Eva Maria"]),
        st.sampled_from(["", "von ", "von der "]),
        st.sampled_from(["Schmidt", "Müller-Lüdenscheidt", "O’Regan", "Böll"]),
    ),
    min_size=1,
    max_size=4,
    unique=True,
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: ascii(case["byline"]))
def test_a_byline_names_these_authors(case: dict[str, Any]) -> None:
    """A byline names the authors of its case, and each of them is read as the same again."""
    authors = tuple(case["authors"])
    assert read_bylines([case["byline"]]) == authors
    assert read_bylines(authors) == authors


@given(NAMES, st.sampled_from(["", "Von ", "VON ", "von ", "Ein Kommentar von "]), st.sampled_from(["", ", Berlin"]))
def test_a_list_of_names_is_read_as_these_names(names: list[str], before: str, behind: str) -> None:
    """Several names are read as they are, with a preposition before them and a place behind them."""
    *others, last = names
    byline = f"{', '.join(others)} und {last}" if others else last
    assert read_bylines([f"{before}{byline}{behind}"]) == tuple(names)


@given(st.lists(st.text(max_size=60), max_size=4))
def test_any_byline_is_read(texts: list[str]) -> None:
    """Any text is read as names that say something, each once."""
    names = read_bylines(texts)
    assert all(name.strip() and len(name) <= 61 for name in names)
    assert len({name.casefold() for name in names}) == len(names)


def test_a_byline_has_a_bound() -> None:
    """Of hundreds of names the first are read."""
    names = ", ".join(f"Anna Schmidt{chr(97 + number % 26)}{chr(97 + number // 26)}" for number in range(300))
    assert len(read_bylines([names])) == MOST_AUTHORS


@pytest.mark.parametrize(
    "read",
    [
        lambda folder, byline: read_text(folder, "a.jsonl", line(body="Ein Satz.", authors=[byline])),
        lambda folder, byline: read_text(folder, "a.json", json.dumps({"body": "Ein Satz.", "authors": byline})),
        lambda folder, byline: read_text(
            folder, "a.html", f'<meta name="author" content="{byline}"><article><p>Ein Satz.</p></article>'
        ),
        lambda folder, byline: read_text(
            folder,
            "a.html",
            '<script type="application/ld+json">{"@type": "NewsArticle", "author": {"@type": "Person", "name": '
            f'"{byline}"}}}}</script><article><p>Ein Satz.</p></article>',
        ),
        lambda folder, byline: read_text(folder, "a.html", f"<article><p>{byline}</p><p>Ein Satz.</p></article>"),
        lambda folder, byline: read_text(folder, "a.txt", f"Der Titel\n\n{byline}\n\nEin Satz.\n"),
    ],
    ids=["jsonl", "json", "meta", "json-ld", "paragraph", "text"],
)
def test_every_format_has_bylines(read: Callable[[Path, str], Any], tmp_path: Path) -> None:
    """A byline is read in every format, and is no part of the text."""
    (article,) = articles(read(tmp_path, "Von Anna Schmidt und Ben Wolf, Kiew"))
    assert (article.authors, article.body) == (BOTH, "Ein Satz.")


@pytest.mark.parametrize(
    "line",
    [
        "Von Rosen und Dornen", "Von Hamburg nach München", "Von Berlin Alexanderplatz", "Von Anna Schmidt gespielt",
        "Von Corona überrumpelt", "Anna Schmidt, Berlin", "Von Angela Merkel zu Olaf Scholz", "Von Amerika lernen",
        "Von Peter Müller stammt der Satz.", "Von Anna Schmidt: ein Porträt", "Text: Wie es war",
        "Interview: Anna Schmidt", "Text und Musik: Anna Schmidt", "Text: Anna Schmidt geht nach Hause",
        "von Johann Struensee, dem Arzt",
    ],
)  # fmt: skip
def test_a_line_that_is_no_byline_stays_in_the_text(line: str) -> None:
    """A first paragraph that says anything but names is text; so is one that is all there is."""
    assert split_byline(f"{line}\n\nEin Satz.") == ((), f"{line}\n\nEin Satz.")
    assert split_byline("Von Anna Schmidt") == ((), "Von Anna Schmidt")


@pytest.mark.parametrize(
    "line", ["Text: Anna Schmidt, Fotos: Ben Wolf", "Text und Fotos: Anna Schmidt", "Protokoll: Anna Schmidt"]
)
def test_a_first_paragraph_may_say_who_wrote(line: str) -> None:
    """A first paragraph that names who wrote, and perhaps who took the pictures, is a byline."""
    assert split_byline(f"{line}\n\nEin Satz.") == (("Anna Schmidt",), "Ein Satz.")
