"""The archive as a search engine of the browser: OpenSearch 1.1 with suggestions."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element, SubElement, tostring

from flask import Blueprint, Response, request, url_for

from search import Suggestion
from web.addresses import absolute, export_address, search_address, suggestion_address
from web.localisation import FILTER_NAMES, article_count
from web.parameters import query_text, refuse_unknown
from web.shared_archive import archive
from web.translation import gettext, pgettext

_NAMESPACE = "http://a9.com/-/spec/opensearch/1.1/"
_DESCRIPTION_TYPE = "application/opensearchdescription+xml"
_SUGGESTIONS_TYPE = "application/x-suggestions+json"

blueprint = Blueprint("opensearch", __name__)


@blueprint.get("/opensearch.xml")
def description() -> Response:
    """The OpenSearch description document, by which a browser adds the archive."""
    root = Element("OpenSearchDescription", xmlns=_NAMESPACE)
    for name, text in _description_elements():
        SubElement(root, name).text = text
    icon = SubElement(root, "Image", width="16", height="16", type="image/svg+xml")
    icon.text = absolute(url_for("static", filename="favicon.svg"))
    for type, template in _url_templates():
        SubElement(root, "Url", type=type, template=template)
    SubElement(root, "Url", type=_DESCRIPTION_TYPE, rel="self", template=absolute(url_for("opensearch.description")))
    text = '<?xml version="1.0" encoding="utf-8"?>\n' + tostring(root, encoding="unicode") + "\n"
    return Response(text, content_type=f"{_DESCRIPTION_TYPE}; charset=utf-8")


@blueprint.get("/vorschlaege")
def suggestions() -> Response:
    """How the typed text could go on, as browsers want it: the text, completions, descriptions, addresses."""
    refuse_unknown(request.args, ("q",))
    text = query_text(request.args)
    found = _each_text_once(archive().suggest(text)) if text else ()
    answer = (text, [s.text for s in found], [_description_of(s) for s in found], [_address_of(s) for s in found])
    return Response(json.dumps(answer), content_type=f"{_SUGGESTIONS_TYPE}; charset=utf-8")


def _description_elements() -> Iterator[tuple[str, str]]:
    yield "ShortName", "Nachlese"  # at most 16 characters
    yield "LongName", gettext("Nachlese – Nachrichtenarchiv")
    yield "Description", gettext("Volltextsuche in einem deutschen Nachrichtenarchiv")
    yield "Language", "de"  # of what is found
    yield "InputEncoding", "UTF-8"
    yield "OutputEncoding", "UTF-8"


def _url_templates() -> Iterator[tuple[str, str]]:
    """The media types in which searches are answered, and the addresses with the place for the words."""
    yield "text/html", _url_template(search_address())
    yield _SUGGESTIONS_TYPE, _url_template(url_for("opensearch.suggestions"))
    yield "application/atom+xml", _url_template(export_address("atom"))


def _url_template(address: str) -> str:
    return f"{absolute(address)}?q={{searchTerms}}"


def _each_text_once(suggestions: Iterable[Suggestion]) -> tuple[Suggestion, ...]:
    """The first suggestion of each text: a browser shows little more than that, and a name may be a word, too."""
    return tuple({s.text: s for s in reversed(tuple(suggestions))}.values())[::-1]


def _description_of(suggestion: Suggestion) -> str:
    """What a suggestion is, if it is more than a word, and in how many articles it stands."""
    if suggestion.id is not None:
        return pgettext("kind", "Artikel")
    kind, count = FILTER_NAMES.get(suggestion.kind), article_count(suggestion.count)
    return f"{kind} · {count}" if kind else count


def _address_of(suggestion: Suggestion) -> str:
    return absolute(suggestion_address(suggestion) or search_address((("q", suggestion.text),)))
