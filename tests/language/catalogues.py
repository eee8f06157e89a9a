"""The catalogues of what the page says: every message of the code and the templates, with its translations.

    make catalogues

Brings web/locale/ up to date: new messages are added without a translation, and those that nothing says are removed.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po, write_po

from tests.code.arrows import PROJECT
from web.language import GERMAN, LANGUAGES
from web.translation import CATALOGUES

KEYWORDS = {**DEFAULT_KEYWORDS, "counted": (1, 2)}
METHODS = {
    "web": [("templates/**.html", "jinja2"), ("static/script/*.js", "javascript"), ("**.py", "python")],
    "search/query": [("notices.py", "python")],
}
OPTIONS = {"templates/**.html": {"trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}}
HEADER = "# What the page says, in another language; brought up to date by: make catalogues"
# Of the file's own header; the others would change with each run, or say nothing.
FIELDS = ("Language:", "Plural-Forms:", "Content-Type:")


def said() -> Catalog:
    """All messages of the code, the templates and the script."""
    catalog = Catalog()
    for folder, methods in METHODS.items():
        for name, _, message, _, context in extract_from_dir(
            PROJECT / folder, method_map=methods, options_map=OPTIONS, keywords=KEYWORDS
        ):
            catalog.add(message, locations=[(f"{folder}/{name}", 1)], context=context)
    return catalog


def translated(language: str) -> Catalog:
    """What the catalogue of a language has now."""
    with path_of(language).open("rb") as file:
        return read_po(file, language)


def up_to_date(language: str) -> bytes:
    """The catalogue of a language as it should be: every message, and nothing else, with the translations it has."""
    catalog = translated(language)
    catalog.update(said(), no_fuzzy_matching=True, update_creation_date=False)
    catalog.header_comment = HEADER
    text = BytesIO()
    write_po(text, catalog, width=120, sort_by_file=True, ignore_obsolete=True, include_lineno=False)
    head, gap, messages = text.getvalue().decode().partition("\n\n")
    lines = (line for line in head.splitlines() if not line.startswith('"') or line[1:].startswith(FIELDS))
    return ("\n".join(lines) + gap + messages).encode()


def path_of(language: str) -> Path:
    """Where the catalogue of a language lies."""
    return CATALOGUES / language / "LC_MESSAGES" / "messages.po"


def main() -> None:
    """Bring all catalogues up to date, and say what is left to do."""
    for language in LANGUAGES:
        if language != GERMAN:
            path_of(language).write_bytes(up_to_date(language))
            missing = [message.id for message in translated(language) if message.id and not message.string]
            print(f"{path_of(language).relative_to(PROJECT)}: {len(missing)} to translate")


if __name__ == "__main__":
    main()
