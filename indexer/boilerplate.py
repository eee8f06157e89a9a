"""Which parts of a page are boilerplate? Navigation, advertisements, forms: all that is not its article's text."""

from __future__ import annotations

import re

from bs4 import Tag

from indexer.metadata import attribute

_TAGS = frozenset(
    "script style noscript template nav header footer aside form button figure figcaption iframe object svg math "
    "select input textarea label dialog audio video canvas menu head title h1".split()
)
_ROLES = frozenset("navigation banner complementary contentinfo search dialog alertdialog".split())
# Words in class and id that pages use for what is not the article.
_BOILERPLATE_WORDS = frozenset(
    "cookie cookies consent gdpr share sharing social related recommended recommendations newsletter breadcrumb "
    "breadcrumbs advert advertisement ad ads anzeige werbung comments kommentare teaser promo sidebar "
    "pagination".split()
)
_WORD = re.compile(r"[A-Z]?[a-zäöüß]+")
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none", re.IGNORECASE)


def find_boilerplate(page: Tag) -> set[int]:
    """The id() of all elements that are not part of the text, with all that they hold."""
    wrappers = _wrappers(page)
    boilerplate: set[int] = set()
    for tag in page.find_all(True):
        if id(tag.parent) in boilerplate or _is_boilerplate(tag, id(tag) in wrappers):
            boilerplate.add(id(tag))
    return boilerplate


def _wrappers(page: Tag) -> set[int]:
    """The id() of all elements around a headline or the main part: they wrap the page and are never boilerplate.

    Some systems put all of a page into one <form>, or mark a wrapper with what it has beside the text.
    """
    wrappers = {id(page)}
    for tag in page.find_all(["h1", "main"]):
        around: Tag | None = tag
        while around is not None and id(around) not in wrappers:
            wrappers.add(id(around))
            around = around.parent
    return wrappers


def _is_boilerplate(tag: Tag, is_wrapper: bool) -> bool:
    if tag.name == "header":  # holds the headline, which is not part of the body
        return True
    if is_wrapper or tag.name in ("html", "body"):
        return False
    return tag.name in _TAGS or _is_hidden(tag) or (tag.name != "article" and _is_marked(tag))


def _is_hidden(tag: Tag) -> bool:
    return (
        tag.has_attr("hidden")
        or attribute(tag, "aria-hidden").lower() == "true"
        or bool(_HIDDEN_STYLE.search(attribute(tag, "style")))
    )


def _is_marked(tag: Tag) -> bool:
    if attribute(tag, "role").lower() in _ROLES:
        return True
    words = _WORD.findall(f"{attribute(tag, 'class')} {attribute(tag, 'id')}")
    return any(word.lower() in _BOILERPLATE_WORDS for word in words)
