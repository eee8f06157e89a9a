"""Answers are small on the way and asked for only once."""

from __future__ import annotations

import gzip
import re
import shutil
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from web import create_app

STATIC = Path(__file__).parents[2] / "web" / "static"
PARTS = sorted((STATIC / "script").glob("*.js"))
MOST_BYTES = 100_000  # of a page with everything it loads, packed as browsers ask for it
PATHS = (
    "/",
    "/suche?q=Mauer",
    "/artikel/txt/mauerfall.txt?q=Mauer&rank=1",
    "/hilfe",
    "/nix",
    "/ort/Berlin",
    "/namen",
    "/suche/personen",
)
FILES = ("/api/search", "/suche.csv")
FINGERPRINT = re.compile(r"\?v=[0-9a-f]+|(?<=script/)[0-9a-f]+/")
GZIP = {"Accept-Encoding": "gzip, deflate, br"}


@pytest.mark.parametrize("path", [*PATHS, *FILES, "/static/style.css", "/static/script/suggestions.js"])
def test_packed_answers_say_the_same(client: FlaskClient, path: str) -> None:
    """Who takes gzip gets the same content in fewer bytes, who does not gets it plain; caches know that they differ."""
    with client.get(path) as plain, client.get(path, headers=GZIP) as packed:
        assert plain.headers.get("Content-Encoding") is None
        assert packed.headers["Content-Encoding"] == "gzip"
        assert "Accept-Encoding" in plain.headers["Vary"]
        assert "Accept-Encoding" in packed.headers["Vary"]
        assert int(packed.headers["Content-Length"]) == len(packed.data) < len(plain.data)
        assert without_times(gzip.decompress(packed.data)) == without_times(plain.data)


def without_times(page: bytes) -> bytes:
    """A page without the time that the search took."""
    return re.sub(rb'[\d.,]+ ms|"took_ms":[\d.]+', b"", page)


@pytest.mark.parametrize("path", ["/healthz", "/static/fonts/newsreader-400.woff2"])
def test_small_and_packed_files_are_sent_as_they_are(client: FlaskClient, path: str) -> None:
    """What gzip cannot make smaller is not packed."""
    with client.get(path, headers=GZIP) as answer:
        assert "Content-Encoding" not in answer.headers


@pytest.mark.parametrize("headers", [{}, GZIP])
def test_what_is_known_is_not_sent_again(client: FlaskClient, headers: dict[str, str]) -> None:
    """A second request with the entity tag of the first is answered with 304, packed or not."""
    for path in ("/artikel/txt/mauerfall.txt", "/static/style.css"):
        with client.get(path, headers=headers) as first:
            tag = first.headers["ETag"]
        with client.get(path, headers={**headers, "If-None-Match": tag}) as second:
            assert (second.status_code, second.data) == (304, b"")


def test_an_answer_without_content_has_the_headers_of_the_one_with_it(client: FlaskClient) -> None:
    """A 304 has the entity tag of what it stands for and says, as that does, that packed and plain differ."""
    for path in ("/hilfe", "/static/style.css", "/static/fonts/newsreader-400.woff2"):
        with client.get(path, headers=GZIP) as first:
            tag = first.headers["ETag"]
        with client.get(path, headers={**GZIP, "If-None-Match": tag}) as second:
            assert (second.status_code, second.headers["ETag"]) == (304, tag)
            assert second.headers.get("Vary") == first.headers.get("Vary")


def test_part_of_a_file_is_part_of_the_plain_file(client: FlaskClient) -> None:
    """Who asks for a range gets these bytes, packed or not."""
    with client.get("/static/style.css", headers={**GZIP, "Range": "bytes=10-4009"}) as part:
        assert (part.status_code, part.headers.get("Content-Encoding")) == (206, None)
        assert part.data == (STATIC / "style.css").read_bytes()[10:4010]


def test_our_files_are_named_by_what_is_in_them(client: FlaskClient) -> None:
    """Style and script have addresses that change with their content, and may be kept forever, as may fonts."""
    with client.get("/static/fonts/newsreader-400.woff2") as font:
        assert "immutable" in font.headers["Cache-Control"]
    (style,) = re.findall(r'"(/static/style\.css\?v=[0-9a-f]+)"', client.get("/hilfe").text)
    for address in (style, *parts_of_the_script(client.get("/hilfe").text)):
        with client.get(address) as file:
            assert "immutable" in file.headers["Cache-Control"]
        unnamed, foreign = FINGERPRINT.sub("", address), re.sub("[0-9a-f]{12}", "0" * 12, address)
        for other in (unnamed, foreign):
            with client.get(other) as file:
                assert (file.status_code, file.headers["Cache-Control"]) == (200, "no-cache")


def test_a_part_that_changes_renews_the_addresses_of_all(sample_index: Path, tmp_path: Path) -> None:
    """The parts of the script name each other, so a browser that has one of before must not take it for that of now."""
    seen = set()
    for number, change in enumerate(("", "// changed", "// changed again")):
        app = create_app(sample_index)
        app.static_folder = str(shutil.copytree(STATIC, tmp_path / str(number)))
        with (tmp_path / str(number) / "script" / "page.js").open("a", encoding="utf-8") as part:
            part.write(change)
        seen.add(tuple(parts_of_the_script(app.test_client().get("/hilfe").text)))
    assert len(seen) == 3


def test_every_part_of_the_script_is_loaded_by_another() -> None:
    """What a part names is there, and what is there is named, by an import or with what must be on a page for it."""
    sources = {path.name: path.read_text(encoding="utf-8") for path in PARTS}
    imported = {name for source in sources.values() for name in re.findall(r'"\./([a-z-]+\.js)"', source)}
    chosen = {f"{name}.js" for name in re.findall(r'^  \[".*", "([a-z-]+)"\],$', sources["nachlese.js"], re.MULTILINE)}
    assert imported | chosen | {"nachlese.js"} == set(sources)


def parts_of_the_script(page: str) -> list[str]:
    """The addresses of all parts of the script of a page, which lie beside the one that it names."""
    ((folder, name),) = re.findall(r'"(/static/script/[0-9a-f]+/)(nachlese\.js)"', page)
    assert name in {path.name for path in PARTS}
    return [folder + path.name for path in PARTS]


@pytest.mark.parametrize("path", PATHS)
def test_pages_are_light(client: FlaskClient, path: str) -> None:
    """A page with its style, fonts and all of the script is below 100 KB."""
    page = client.get(path, headers=GZIP)
    text = gzip.decompress(page.data).decode()
    loaded = {*re.findall(r'(?:src|href)="(/static/[^"]+)"', text), *parts_of_the_script(text)}
    files = [client.get(address, headers=GZIP) for address in loaded]
    assert {Path(address.partition("?")[0]).suffix for address in loaded} == {".css", ".js", ".svg", ".woff2"}
    assert len(page.data) + sum(len(file.data) for file in files) < MOST_BYTES
    for file in files:
        file.close()


def test_fonts_are_those_that_the_style_names() -> None:
    """Every font of the style sheet is there, with its licence."""
    named = set(re.findall(r'url\("fonts/([^"]+)"\)', (STATIC / "style.css").read_text(encoding="utf-8")))
    assert named | {"OFL.txt", "README.md"} == {file.name for file in (STATIC / "fonts").iterdir()}
