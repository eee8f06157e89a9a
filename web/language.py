"""In which language is a page? German, or English: as its address says, or else as the browser asks for.

An address that begins with /de or /en says it, and so do all links of its page: the site lies there once more, as it
may lie below a path of its own. Addresses that leave the site say nothing of it, so each reader gets his own language.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextvars import ContextVar
from typing import Any
from urllib.parse import quote

from flask import Flask, Response, g, has_request_context, request
from markupsafe import Markup
from werkzeug.datastructures import LanguageAccept

GERMAN, ENGLISH = "de", "en"
LANGUAGES = {GERMAN: "Deutsch", ENGLISH: "English"}  # by the names that their readers have for them
SAID = "nachlese.language"  # key of a request's environment: the language that its address says
_IN_GERMAN, _PLAIN = Markup(' lang="de"'), Markup("")
# The language of the request that this thread answers, as a page asks for it hundreds of times; "" before it is asked.
_chosen: ContextVar[str] = ContextVar("language", default="")


class LanguageInPath:
    """A WSGI application that answers addresses below /de and /en, as another one does those without it."""

    def __init__(self, app: Any) -> None:
        self._app = app

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        path = str(environ.get("PATH_INFO", ""))
        if said := language_of(path):
            environ[SAID] = said
            environ["SCRIPT_NAME"] = f"{environ.get('SCRIPT_NAME', '')}/{said}"
            environ["PATH_INFO"] = path[len(said) + 1 :] or "/"
        answer: Iterable[bytes] = self._app(environ, start_response)
        return answer


def attach(app: Flask) -> None:
    """Have `app` answer in each language, and say in which it did."""
    app.wsgi_app = LanguageInPath(app.wsgi_app)  # type: ignore[method-assign]  # as Flask's documentation has it
    app.before_request(_forget)
    app.after_request(_telling)
    app.teardown_request(_forget)
    app.jinja_env.globals.update(
        language=language, languages=LANGUAGES, language_address=language_address, german=german
    )


def language_of(path: str) -> str:
    """The language that a path says, "" if it says none."""
    first = path[1:].partition("/")[0]
    return first if path.startswith("/") and first in LANGUAGES else ""


def language() -> str:
    """The language of the answer to this request; German where nobody asks, as in a run that sends mail."""
    if chosen := _chosen.get():
        return chosen
    if not has_request_context():
        return GERMAN
    said = request.environ.get(SAID)
    g.negotiated = not said
    chosen = said or preferred(request.accept_languages)
    _chosen.set(chosen)
    return chosen


def preferred(accepted: LanguageAccept) -> str:
    """The language for a browser that accepts these.

    German unless English is liked better, English for who reads neither; German for programs, which say nothing.
    """
    if not accepted:
        return GERMAN
    german, english = (_quality(accepted, known) for known in (GERMAN, ENGLISH))
    return GERMAN if german and german >= english else ENGLISH


def _quality(accepted: LanguageAccept, known: str) -> float:
    """How much a language is liked, from 0 to 1, in whatever country; a language that is named counts before `*`."""
    named = [quality for tag, quality in accepted if tag.partition("-")[0].lower() == known]
    others = [quality for tag, quality in accepted if tag == "*"]
    return float(max(named or others, default=0))


def language_address(known: str = "") -> str:
    """The address of this page in a language, or in that of its reader."""
    query = request.query_string.decode("latin-1")
    said = f"/{known}" if known else ""
    path = f"{site_root()}{said}{quote(request.path, safe='/', errors='replace')}"
    return f"{path}?{query}" if query else path


def site_root() -> str:
    """The path below which the site lies, without a language; "" if it has a host for itself."""
    said = request.environ.get(SAID)
    return request.script_root.removesuffix(f"/{said}") if said else request.script_root


def neutral(address: str) -> str:
    """One of our addresses, without the language that this page says."""
    root = site_root()
    return root + address[len(request.script_root) :] if address.startswith(request.script_root) else address


def german() -> Markup:
    """The attribute of what is German in a page that is not: the texts of the archive."""
    return _PLAIN if language() == GERMAN else _IN_GERMAN


def _forget(_error: BaseException | None = None) -> None:
    _chosen.set("")


def _telling(response: Response) -> Response:
    """Where nothing but the browser said the language, a cache must keep an answer for each."""
    if g.get("negotiated"):
        response.vary.add("Accept-Language")
    if response.mimetype == "text/html":
        response.content_language.add(language())
    return response
