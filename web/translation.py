"""What does the page say in another language? Messages stand in the code in German, their translations in locale/."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask
from markupsafe import Markup

from web.language import GERMAN, LANGUAGES, language

CATALOGUES = Path(__file__).with_name("locale")
_SCRIPT = "web/static/script/"  # where the catalogues have its messages from


class Words(Mapping[str, str]):
    """What values of ours are called, in the language of the page; made of German words, each in `N_`."""

    def __init__(self, german: Mapping[str, str]) -> None:
        self._german = dict(german)

    def __getitem__(self, value: str) -> str:
        return gettext(self._german[value])

    def __iter__(self) -> Iterator[str]:
        return iter(self._german)

    def __len__(self) -> int:
        return len(self._german)


def attach(app: Flask) -> None:
    """Have the templates of `app` translate what they say; catalogues that cannot be read are told at once."""
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]  # the extension adds it
        gettext, ngettext, newstyle=True, pgettext=pgettext
    )
    app.jinja_env.globals.update(_=_markup, script_texts=script_texts)  # the extension's own takes twice the time
    for known in LANGUAGES:
        translations(known)


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for it
    """A message that is translated later; here it is only marked, to be found by `make catalogues`."""
    return message


def gettext(message: str, **values: object) -> str:
    """A message in the language of the page, with `%(name)s` replaced by the value of this name, if there are any."""
    text = str(translations(language()).gettext(message))
    return text % values if values else text


def _markup(message: str, **values: object) -> Markup:
    """A message of a template, which may have markup in it; values are escaped."""
    spoken = translations(language())
    return Markup(spoken.gettext(message)) % values if values else _unfilled(spoken, message)


@cache  # of the messages of our templates, and no others
def _unfilled(spoken: NullTranslations, message: str) -> Markup:
    return Markup(spoken.gettext(message)) % {}


def pgettext(context: str, message: str) -> str:
    """A message that means something else elsewhere, so that other languages have another word for it there."""
    return str(translations(language()).pgettext(context, message))


def ngettext(one: str, more: str, number: int) -> str:
    """The same for a message that differs with a number, with nothing replaced."""
    return str(translations(language()).ngettext(one, more, number))


@cache
def translations(known: str) -> NullTranslations:
    """The translations into a language; German has none, as it stands in the code.

    They are compiled here, so that there is no file that could be older than the one that people write.
    """
    if known == GERMAN:
        return NullTranslations()
    compiled = BytesIO()
    write_mo(compiled, _catalogue(known))
    compiled.seek(0)
    return Translations(compiled)


def script_texts() -> Mapping[str, str | list[str]]:
    """The messages of our script in the language of the page; none in German, which the script has itself."""
    return {} if language() == GERMAN else _script_texts(language())


@cache
def _script_texts(known: str) -> Mapping[str, str | list[str]]:
    """By the message, or its singular; those that differ with a number as all their forms."""
    texts: dict[str, str | list[str]] = {}
    for message in _catalogue(known):
        if any(path.startswith(_SCRIPT) for path, _ in message.locations):
            texts.update(
                {message.id: str(message.string)}
                if isinstance(message.id, str)
                else {message.id[0]: list(message.string or ())}
            )
    return texts


@cache
def _catalogue(known: str) -> Catalog:
    with (CATALOGUES / known / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, known)
