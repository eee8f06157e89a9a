"""Every error -> its description -> problem+json (RFC 9457) for programs, a page for readers."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from flask import Flask, Request, Response, make_response, render_template, request
from werkzeug.exceptions import BadHost, HTTPException, SecurityError

from search import errors
from search.deadline import EXPANDING, WRITING
from web.parameters import lenient_request
from web.safe_text import loggable
from web.shared_archive import shared
from web.translation import N_, gettext

_log = logging.getLogger(__name__)
RETRY_AFTER = "5"  # seconds, of an answer that was late as others were worked on
_PROGRAM_PATHS = (
    "/api", "/openapi.json", "/opensearch.xml", "/vorschlaege", "/healthz", "/readyz", "/metrics", "/robots.txt",
    "/favicon.ico", "/.well-known",
)  # fmt: skip
_CHOSEN = "/auswahl."
_FILE_PATHS = (
    "/suche.",
    _CHOSEN,
    "/zitat.",
    "/kurven.",
    "/konkordanz.",
    "/kollokationen.",
    "/typisch.",
    "/beleg.",
)  # and a suffix


@dataclass(frozen=True, slots=True)
class ErrorDescription:
    """An error as it is told: `detail` to programs, `headline` and `advice` to readers.

    `command` is what mends it at the shell, if something does.
    """

    status: int
    detail: str
    headline: str
    advice: str
    command: str | None = None
    parameter: str | None = None
    headers: tuple[tuple[str, str], ...] = ()

    @property
    def title(self) -> str:
        """The name of the status in HTTP."""
        return HTTPStatus(self.status).phrase


_NOT_READY: dict[type[errors.NachleseError], ErrorDescription] = {
    errors.IndexMissing: ErrorDescription(
        503,
        "There is no index yet. Build it with the command `nachlese index`, then ask again.",
        N_("Noch kein Archiv"),
        N_(
            "Es wurde noch kein Index aufgebaut. Der folgende Befehl liest die mitgelieferten Beispielartikel ein; "
            "danach genügt es, diese Seite neu zu laden."
        ),
        "nachlese index seeds",
    ),
    errors.IndexIncompatible: ErrorDescription(
        503,
        "The index was written by another version. Rebuild it with `nachlese index --rebuild`, then ask again.",
        N_("Das Archiv passt nicht zu diesem Programm"),
        N_(
            "Der Index stammt von einer anderen Programmfassung und muss neu aufgebaut werden. "
            "Setzen Sie für ORDNER den Ordner mit Ihren Artikeln ein."
        ),
        "nachlese index --rebuild ORDNER",
    ),
    errors.IndexDamaged: ErrorDescription(
        503,
        "Files of the index are damaged. Find out which with `nachlese check`, then restore or rebuild the index.",
        N_("Das Archiv ist beschädigt"),
        N_(
            "Der Index lässt sich nicht fehlerfrei lesen. Der folgende Befehl sagt, welche Dateien beschädigt sind "
            "und was hilft."
        ),
        "nachlese check",
    ),
    errors.IndexUnreadable: ErrorDescription(
        503,
        "The server may not read the files of the index. Give its user the right to, then ask again.",
        N_("Das Archiv darf nicht gelesen werden"),
        N_(
            "Dem Benutzer, unter dem dieser Server läuft, fehlt das Recht, den Index zu lesen. "
            "Welche Datei es ist, steht im Protokoll des Servers."
        ),
    ),
    errors.OutOfResources: ErrorDescription(
        503,
        "The server has no memory or no open files left. Ask again in a minute, or ask for less.",
        N_("Der Server ist überlastet"),
        N_("Für diese Anfrage fehlen dem Server gerade die Mittel. Versuchen Sie es in einer Minute noch einmal."),
        headers=(("Retry-After", "60"),),
    ),
    errors.IndexLocked: ErrorDescription(
        503,
        "The index is being written to. Ask again in a few seconds.",
        N_("Das Archiv wird gerade bearbeitet"),
        N_("Ein anderer Vorgang schreibt in den Index. Laden Sie die Seite in einigen Sekunden neu."),
        headers=(("Retry-After", "5"),),
    ),
    errors.ClusterUnavailable: ErrorDescription(
        503,
        "The cluster of the archive does not answer as a whole. Ask again in a few seconds.",
        N_("Das Archiv ist gerade nicht vollständig erreichbar"),
        N_(
            "Ein Teil der Rechner, auf denen dieses Archiv liegt, antwortet nicht. Laden Sie die Seite in einigen "
            "Sekunden neu."
        ),
        headers=(("Retry-After", "5"),),
    ),
    errors.ArchivesAbsent: ErrorDescription(
        503,
        "An archive that the answer needs cannot be asked just now. Ask again in a few seconds.",
        N_("Ein Archiv ist gerade nicht erreichbar"),
        N_("Ohne dieses Archiv wäre die Antwort falsch. Laden Sie die Seite in einigen Sekunden neu."),
        headers=(("Retry-After", "5"),),
    ),
    errors.EngineUnavailable: ErrorDescription(
        503,
        "The library behind this index is not installed. Install it, then restart the server.",
        N_("Das Archiv lässt sich nicht öffnen"),
        N_("Die Bibliothek, mit der dieser Index gebaut wurde, fehlt. Installieren Sie sie und starten Sie neu."),
        'pip install ".[fast]"',
    ),
}
# Where an answer was stopped, by what the deadline was told (search.deadline), as the page says it.
_STOPPED = {
    "searching": N_("beim Suchen"),
    "ranking the hits": N_("beim Ordnen der Treffer"),
    "counting the hits": N_("beim Zählen der Treffer"),
    "counting the values of facets": N_("beim Zählen zum Eingrenzen"),
    "marking the hits": N_("beim Markieren der Treffer"),
    "reading articles": N_("beim Lesen der Artikel"),
    "looking for completions": N_("bei den Vorschlägen"),
    WRITING: N_("beim Schreiben der Datei"),
    EXPANDING: N_("beim Nachschlagen der Wörter, für die * ? und ~ stehen,"),
}
_PAGE_TEXTS = {
    400: (
        N_("Diese Anfrage ist unklar"),
        N_("Ein Teil der Adresse lässt sich nicht verwenden. Beginnen Sie die Suche neu."),
    ),
    401: (N_("Nur mit Passwort"), N_("Dieses Archiv ist nicht öffentlich. Wer es betreibt, nennt Ihnen das Passwort.")),
    404: (
        N_("Hier ist nichts"),
        N_("Unter dieser Adresse gibt es keine Seite und keinen Artikel. Vielleicht führt eine Suche zum Ziel."),
    ),
    405: (N_("So geht es nicht"), N_("Diese Seite lässt sich nur ansehen. Rufen Sie sie noch einmal auf.")),
    411: (N_("So geht es nicht"), N_("Diese Seite nimmt nichts entgegen. Rufen Sie sie noch einmal auf.")),
    413: (N_("So geht es nicht"), N_("Diese Seite nimmt nichts entgegen. Rufen Sie sie noch einmal auf.")),
    429: (N_("Das waren zu viele Anfragen"), N_("Warten Sie einen Augenblick und laden Sie die Seite dann neu.")),
    503: (N_("Gerade fragen zu viele"), N_("Das Archiv ist überlastet. Laden Sie die Seite in einigen Sekunden neu.")),
    414: (N_("Diese Adresse ist zu lang"), N_("Suchen Sie mit weniger oder kürzeren Wörtern und Filtern.")),
}
_NOTHING_CHOSEN = (
    N_("Noch ist nichts ausgewählt"),
    N_("Gehen Sie zurück, und setzen Sie bei den gewünschten Treffern einen Haken."),
)
_OTHER_TEXTS = (
    N_("Da ist etwas schiefgegangen"),
    N_("Der Fehler liegt bei uns und wurde aufgezeichnet. Versuchen Sie es in ein paar Minuten noch einmal."),
)
_INTERNAL_ERROR = "Something went wrong on our side; it was logged. Try again in a few minutes."


def attach(app: Flask) -> None:
    """Answer every error of `app` in one of the two shapes."""
    app.register_error_handler(Exception, error_response)


def error_response(error: Exception) -> Response:
    """The response that tells of `error`, in the shape that the address promises."""
    description = describe(error)
    # With an unusable Host header no address can be built, so no page either.
    unaddressed = isinstance(error, BadHost | SecurityError)
    for_program = is_for_programs(request.path) and not (description.status == 400 and _is_from_form(request))
    response = _problem(description) if unaddressed or for_program else _page(description)
    response.headers.extend(description.headers)
    return response


def describe(error: Exception) -> ErrorDescription:
    """What to tell of `error`; what is not meant for others is logged instead."""
    match error:
        case errors.BadRequest():
            texts = _NOTHING_CHOSEN if error.parameter == "id" else _PAGE_TEXTS[400]
            return replace(_described(400, str(error), texts), parameter=error.parameter)
        case errors.ArticleNotFound():
            return _for_status(404, str(error))
        case errors.TooLate():
            _log.warning("%s was stopped: %s", loggable(request.path), error)
            return replace(_for_status(503, str(error)), headers=(("Retry-After", RETRY_AFTER),))
        case errors.TooExpensive():
            return _too_expensive(error)
        case errors.NachleseError() if type(error) in _NOT_READY:
            return _not_ready(error)
        case HTTPException():
            return _for_http(error)
        case _:
            _log.error("%s %s failed", loggable(request.method), loggable(request.path), exc_info=error)
            return _for_status(500, _INTERNAL_ERROR)


def _for_status(status: int, detail: str) -> ErrorDescription:
    return _described(status, detail, _PAGE_TEXTS.get(status, _OTHER_TEXTS))


def _described(status: int, detail: str, texts: tuple[str, str]) -> ErrorDescription:
    """An error with its headline and its advice, in the language of the page."""
    headline, advice = texts
    return ErrorDescription(status, detail, gettext(headline), gettext(advice))


def _too_expensive(error: errors.TooExpensive) -> ErrorDescription:
    """The answer took too long and was stopped; asking the same again would take as long."""
    _log.warning("%s was stopped: %s", loggable(request.path), error)
    advice = gettext(
        "Sie hat länger gedauert, als eine Antwort dauern darf, und wurde %(doing)s abgebrochen. "
        "Schreiben Sie mehr Buchstaben neben * und ?, weniger Wörter, keine einzelnen Buchstaben, oder grenzen Sie die "
        "Zeit ein.",
        doing=gettext(_STOPPED.get(error.doing, _STOPPED["searching"])),
    )
    return ErrorDescription(503, str(error), gettext("Diese Suche ist zu aufwendig"), advice)


def _not_ready(error: errors.NachleseError) -> ErrorDescription:
    """The index cannot be read now. The message names the directory, so it is for the log alone."""
    if shared().is_news(str(error)):
        _log.warning("not ready: %s", error, exc_info=isinstance(error, errors.IndexDamaged))
    if not isinstance(
        error, errors.IndexDamaged | errors.OutOfResources | errors.ClusterUnavailable | errors.ArchivesAbsent
    ):  # after these, engines open anew themselves
        shared().forget()  # what is open may be what is wrong
    known = _NOT_READY[type(error)]
    return replace(known, headline=gettext(known.headline), advice=gettext(known.advice))


def _for_http(error: HTTPException) -> ErrorDescription:
    """An error of HTTP itself, such as an unknown route, with the headers it needs (405: Allow)."""
    headers = tuple((name, value) for name, value in error.get_headers() if name != "Content-Type")
    return replace(_for_status(error.code or 500, error.description or ""), headers=headers)


def is_for_programs(path: str) -> bool:
    """Whether what lies at a path is for programs, which get problems instead of pages."""
    return path.startswith((*_FILE_PATHS, *(f"{known}/" for known in _PROGRAM_PATHS))) or path in _PROGRAM_PATHS


def _is_from_form(asked: Request) -> bool:
    """Whether a reader sent the form of chosen articles, which has no way to choose at least one."""
    return asked.method == "POST" and asked.path.startswith(_CHOSEN) and asked.accept_mimetypes.accept_html


def _problem(description: ErrorDescription) -> Response:
    problem: dict[str, Any] = {
        "type": "about:blank",  # RFC 9457, 4.2.1: the status says what kind of problem it is
        "title": description.title,
        "status": description.status,
        "detail": description.detail,
        "instance": quote(request.path, errors="replace"),
    }
    if description.parameter is not None:
        problem["parameter"] = description.parameter
    text = json.dumps(problem, ensure_ascii=False) + "\n"
    return Response(text.encode("utf-8", "replace"), description.status, content_type="application/problem+json")


def _page(description: ErrorDescription) -> Response:
    """The error for readers, with what they had searched for, so that they can search on."""
    asked = lenient_request(request.args)
    return make_response(render_template("error.html", error=description, asked=asked), description.status)
