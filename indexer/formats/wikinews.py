"""Which articles does a dump of Wikinews hold? Each page of the main space that is no redirect, in its last version."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

from indexer.document import Document
from indexer.errors import DocumentError
from indexer.formats.drafts import Draft, articles_of
from indexer.formats.foreign import sound
from indexer.formats.xml import elements_of
from indexer.items import Item, PassedOver
from indexer.streams import Stream

# Links to pictures, to categories and to the same article in another language, which show no text.
_NO_TEXT = re.compile(r"(?:datei|file|bild|image|kategorie|category)\s*:|[a-z-]{2,12}:\S", re.IGNORECASE)
# What stands before the titles of pages that are about pages, persons or pictures; that of an article may have a colon.
_SPACE = re.compile(
    r"(?:(?:benutzer(?:in)?|user|wikinews|project|projekt|datei|file|bild|image|mediawiki|vorlage|template|hilfe|help"
    r"|kategorie|category|portal|modul|module|thema|topic|kommentare|comments|meinungen)(?:[ _](?:diskussion|talk))?"
    r"|diskussion|talk|spezial|special|medium|media|wn|wnd)\s*:",
    re.IGNORECASE,
)
_REDIRECT = re.compile(r"\s*#\s*(?:redirect(?:ion)?|weiterleitung)\s*:?\s*\[\[", re.IGNORECASE)
_CATEGORY = re.compile(r"\[\[\s*(?:Kategorie|Category)\s*:\s*([^\]|]+)", re.IGNORECASE)
_DAY = re.compile(r"\d{1,2}\.\d{1,2}\.\d{4}|\d{1,2}\. \w+ \d{4}")
# Templates that show words of the sentence, and which of their values from the first on: a link to Wikipedia, words of
# another language, words that stay on a line.
_SHOWN = {"w": 1, "wikipedia": 1, "lang": 1, "nowrap": 0, "nobr": 0}
_AT_THE_END = frozenset(("quellen", "quelle", "weblinks", "themenverwandte artikel", "siehe auch", "einzelnachweise"))
_STYLES = re.compile(r"'{2,5}")  # bold and italic; parsed, a page of them takes time by the square of its length
_PAIRS = ((r"\[", r"\]"), (r"\{", r"\}"), (r"<(?=\w)", r"</|/>"))
_MOST_OPEN = 100  # of a kind; articles have some ten
_LONGEST = 1_000_000  # characters of a page


def read_wikinews(document: Document, stream: Stream) -> Iterator[Item]:
    """The articles of a dump, one page in memory at a time; pages about pages and redirects are passed over."""
    for page in elements_of(document, stream, "page"):
        title = page.findtext("title") or ""
        if page.find("revision") is None or not _is_article(page, title):
            yield PassedOver(document.name, "page of a wiki that is no article")
            continue
        try:
            yield from articles_of(document, _draft(document, page, title))
        except DocumentError as error:
            yield error.problem


def _is_article(page: Element, title: str) -> bool:
    """Whether a page is of the main space and no redirect; old dumps say neither, but their titles and texts do."""
    space = page.findtext("ns")
    text = page.findall("revision")[-1].findtext("text") or ""
    is_main = space.strip() == "0" if space else not _SPACE.match(title)
    return is_main and page.find("redirect") is None and not _REDIRECT.match(text)


def _draft(document: Document, page: Element, title: str) -> Draft:
    import mwparserfromhell

    revision = page.findall("revision")[-1]
    text = revision.findtext("text") or ""
    if len(text) > _LONGEST:
        raise DocumentError(document.name, f"{title}: holds more than {_LONGEST:,} characters; leave it out")
    if _is_tangled(text):
        raise DocumentError(document.name, f"{title}: its brackets or tags are never closed; mend it, or leave it out")
    with sound(document, "wiki text", "leave it out"):
        code = mwparserfromhell.parse(text, skip_style_tags=True)
        found, day = _paragraphs(code), _written(code)
    return Draft(
        id=f"wikinews:{page.findtext('id') or title}",
        place=title,
        collected=True,
        title=title,
        paragraphs=found,
        dates=[day, revision.findtext("timestamp") or ""],
        source="Wikinews",
        section=next((name.strip() for name in _CATEGORY.findall(text) if not _DAY.fullmatch(name.strip())), ""),
    )


def _is_tangled(text: str) -> bool:
    """Whether so many brackets or tags stay open that the parser would take time by the square of the length."""
    for opening, closing in _PAIRS:
        is_open = 0
        for match in re.finditer(f"({opening})|{closing}", text):
            is_open = is_open + 1 if match[1] else max(0, is_open - 1)
            if is_open > _MOST_OPEN:
                return True
    return False


def _written(code: Any) -> str:
    """The day that the article says of itself: {{Datum|13. August 2008}} or {{Datum|13|8|2008}}."""
    for template in code.ifilter_templates(recursive=False):
        if str(template.name).strip().lower() in ("datum", "date"):
            values = [str(each.value).strip() for each in template.params]
            return ".".join(values[:3]) if len(values) > 2 else "".join(values[:1])
    return ""


def _paragraphs(code: Any) -> list[str]:
    """The text and its headings up to the sources, without pictures, tables, references and most templates."""
    from mwparserfromhell.nodes import Heading, Tag, Template, Wikilink
    from mwparserfromhell.wikicode import Wikicode

    pieces: list[str] = []
    for node in code.nodes:
        if isinstance(node, Heading):
            title = node.title.strip_code().strip()
            if title.lower() in _AT_THE_END:
                break
            pieces.append(f"\n\n{title}\n\n")
        elif isinstance(node, Wikilink):
            if not _NO_TEXT.match(str(node.title).strip()):
                pieces.append((node.text or node.title).strip_code())
        elif isinstance(node, Tag) and str(node.tag) in ("ref", "table", "gallery"):
            continue
        elif isinstance(node, Template):
            pieces.append(_shown(node))
        else:
            pieces.append(Wikicode([node]).strip_code())
    return [line for line in _STYLES.sub("", "".join(pieces)).split("\n") if line.strip()]


def _shown(template: Any) -> str:
    """The words that a template shows in a sentence; nothing of one that is no part of it."""
    place = _SHOWN.get(str(template.name).strip().lower())
    values = [each.value for each in template.params if not each.showkey]
    if place is None or not values:
        return ""
    shown: str = values[min(place, len(values) - 1)].strip_code()
    return shown.strip()
