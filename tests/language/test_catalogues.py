"""The catalogues have every message of the code, translated, and nothing else."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

from tests.code.arrows import PROJECT
from tests.language.catalogues import path_of, said, translated, up_to_date
from web.language import GERMAN, LANGUAGES
from web.translation import translations

OTHERS = sorted(set(LANGUAGES) - {GERMAN})
TEMPLATES = sorted((PROJECT / "web" / "templates").glob("*.html"))
SCRIPTS = sorted((PROJECT / "web" / "static" / "script").glob("*.js"))
_TAG = re.compile(r"<[^>]*>")
_READ = re.compile(r"""(?:aria-label|title|alt|placeholder)=["']([^"'{]*)""")
_WORD = re.compile(r"[^\W\d_]{2,}")
# Words that are the same in every language, or code.
_EVERYWHERE = {
    "Nachlese", "CSV", "JSON", "LL", "index", "noindex", "follow", "class", "front",
}  # fmt: skip
# Names of keys and errors, and what the console is told.
_OF_THE_SCRIPT = {
    "AbortError", "ArrowDown", "ArrowUp", "Enter", "Escape", "Esc", "Cannot recall:", "Kept for this page only:",
    "No suggestions:", "No clipboard:",
}  # fmt: skip
_MESSAGES = {"_", "gettext", "ngettext", "pgettext", "counted"}


def test_the_catalogues_are_up_to_date() -> None:
    """`make catalogues` would change nothing: no message lacks, and none is left that nothing says any more."""
    for language in OTHERS:
        assert path_of(language).read_bytes() == up_to_date(language)


def test_every_message_is_translated() -> None:
    """No message is without its translation, in all its forms, or marked as doubtful."""
    for language in OTHERS:
        for message in translated(language):
            forms = message.string if isinstance(message.string, Sequence | None) else ()
            assert not message.id or (forms and all(forms) and not message.fuzzy), message.id


def test_translations_have_the_placeholders_and_tags_of_their_messages() -> None:
    """What is replaced in a message, and its markup, stand in its translation, too."""
    for language in OTHERS:
        for message in translated(language):
            if isinstance(message.id, str):
                assert not message.id or _parts(message.id) == _parts(str(message.string))
            else:
                assert [_parts(each) for each in message.id] == [_parts(each) for each in message.string or ()]


@pytest.mark.parametrize("path", [*TEMPLATES, *sorted((PROJECT / "web").rglob("*.py"))], ids=lambda path: path.name)
def test_nothing_is_translated_twice(path: Path) -> None:
    """A translation is no message of ours: to look it up again finds nothing, or something else."""
    assert not re.search(r"\b(_|gettext)\((_|gettext)\(", path.read_text(encoding="utf-8"))


def _parts(text: str) -> Counter[str]:
    return Counter(re.findall(r"%\(\w+\)s|\{\w+\}|%%|<[^>]*>", text))


def test_translations_are_found() -> None:
    """A message is translated, a number takes its form, and a context its own word."""
    english = translations("en")
    assert english.gettext("Suchhilfe") == "Search help"
    assert [english.ngettext("Treffer", "Treffer", number) for number in (0, 1, 2)] == ["hits", "hit", "hits"]
    assert (english.gettext("Von"), english.pgettext("byline", "Von")) == ("From", "By")


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_templates_say_nothing_but_messages(path: Path) -> None:
    """No word stands in a template outside of a message: neither as text nor as a value that is shown."""
    source = path.read_text(encoding="utf-8")
    tree = Environment(extensions=["jinja2.ext.i18n"], autoescape=True).parse(source)
    texts = " ".join(each.data for each in tree.find_all(nodes.TemplateData))
    shown = [*_READ.findall(texts), _TAG.sub(" ", re.sub(r"<(?:code|pre)>.*?</(?:code|pre)>", " ", texts, flags=re.S))]
    assert {word for text in shown for word in _WORD.findall(text)} <= _EVERYWHERE
    assert [constant for constant in _constants(tree) if _is_german(constant)] == []


def _constants(node: nodes.Node) -> list[str]:
    """The texts in a template's expressions that are no messages."""
    if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name) and node.node.name in _MESSAGES:
        return [text for child in node.kwargs for text in _constants(child)]
    own = [node.value] if isinstance(node, nodes.Const) and isinstance(node.value, str) else []
    return own + [text for child in node.iter_child_nodes() for text in _constants(child)]


def _is_german(text: str) -> bool:
    """Whether a text is more than a name of ours: it has a capital, an umlaut, or several words."""
    return bool(re.search(r"[A-ZÄÖÜäöüß]|\w \w", text)) and text not in {"CSV", "JSON"}


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_the_script_says_nothing_but_messages(path: Path) -> None:
    """No text of the script that is shown stands outside of a message."""
    source = re.sub(r"^\s*(//|/\*\*).*$", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    for message in said():
        for text in [message.id] if isinstance(message.id, str) else message.id:
            source = source.replace(f'"{text}"', "") if text else source
    texts = re.findall(r"""["'`]([^"'`\n]*)["'`]""", source)
    assert {text for text in texts if re.match(r"[A-ZÄÖÜ]|.*[äöüß]", text)} <= _OF_THE_SCRIPT
