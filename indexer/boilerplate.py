"""Which parts of a page are boilerplate? Navigation, advertisements, forms: all that is not its article's text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice

from bs4 import Tag
from bs4.element import NavigableString

from indexer.comments import find_comments
from indexer.metadata import attribute, words_of

# What holds no text that a reader of the article sees. The head of a page may be left open around its text.
_UNREAD = frozenset(
    "script style noscript template iframe object svg math select input textarea audio video canvas title".split()
)
_NO_SCRIPT = frozenset(("noscript",))
_TAGS = frozenset("nav footer aside form button figure figcaption label dialog menu h1".split())
# What speaks of something else than the article, as the sidebar does, or of a picture in it.
_ELSEWHERE = frozenset("nav footer aside figure figcaption".split())
_ROLES = frozenset("navigation banner complementary contentinfo search dialog alertdialog".split())
# Words in class and id that pages use for what is not the article, whatever it holds.
_FOREIGN_WORDS = frozenset("breadcrumb breadcrumbs pagination".split())
# Words of layers that ask for consent, among them the names of programs that make such.
_CONSENT_WORDS = frozenset(
    "cookie cookies consent gdpr dsgvo cookiebot usercentrics onetrust didomi klaro borlabs sourcepoint iubenda"
    " complianz cmplz cookiefirst consentmanager cmpbox truste".split()
)
# A layer above a page asks for it in sentences; *cmp* may as well mean component.
_LAYER_WORDS = frozenset("cmp modal overlay popup layer layers lightbox banner privacy datenschutz".split())
_ASKS_CONSENT = re.compile(
    r"\bcookies?\b|\bpersonenbezogene\w* daten\b|\bihre (?:einwilligung|zustimmung)\b|\bberechtigte\w* interesse",
    re.IGNORECASE,
)
_MOST_RUNS = 40  # of text in a layer that are looked at
_SENTENCE = 40  # characters of a run of text that is no label
_CAPTION_WORDS = frozenset("caption imgcaption bildunterschrift bildtext bildlegende".split())
# Words for what stands beside the article or in it; wrappers of the article have them, too: page--with-sidebar.
_BESIDE_WORDS = _CAPTION_WORDS | frozenset(
    "share sharing social related recommended recommendations newsletter advert advertisement ad ads anzeige werbung "
    "promo sidebar linkliste linklist credit credits copyright".split()
)
# What leads to another article; but the lead of this one may be called so, too.
_TEASER = "teaser"
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_LONG_TEXT = 400  # characters of paragraphs; of less, no element holds the bulk


@dataclass(frozen=True)
class Boilerplate:
    """The id() of elements, each with all that they hold: `marked` is no text of the article, `unread` no text at all.

    `headers` are those around a headline of an article: of what they hold, only sentences are text. `comments` are what
    readers wrote, `consent` asks for it, `elsewhere` is what stands beside the article and speaks of something else.
    """

    marked: set[int] = field(default_factory=set)
    unread: set[int] = field(default_factory=set)
    headers: set[int] = field(default_factory=set)
    comments: set[int] = field(default_factory=set)
    consent: set[int] = field(default_factory=set)
    elsewhere: set[int] = field(default_factory=set)


def find_boilerplate(page: Tag, tags: Sequence[Tag], runs_scripts: bool = True) -> Boilerplate:
    """What is not part of the article's text; `tags` are all elements of the page, in their order.

    What stands in <noscript> is read as a browser does that runs no scripts, or not at all.
    """
    unread = _UNREAD if runs_scripts else _UNREAD - _NO_SCRIPT
    around = _Surroundings(page, tags)
    found = Boilerplate(marked=set(around.comments), comments=around.comments)
    for tag in tags:
        parent = id(tag.parent)
        if parent in found.unread or tag.name in unread or (_is_hidden(tag) and id(tag) not in around.bulk):
            found.unread.add(id(tag))
            found.marked.add(id(tag))
        elif parent in found.marked or _is_boilerplate(tag, around):
            found.marked.add(id(tag))
        if parent in found.consent or _asks_consent(tag, around):
            found.consent.add(id(tag))
            found.marked.add(id(tag))
        if parent in found.elsewhere or tag.name in _ELSEWHERE:
            found.elsewhere.add(id(tag))
        if parent in found.headers or (tag.name == "header" and id(tag) in around.article_headers):
            found.headers.add(id(tag))
        elif tag.name == "header":
            found.marked.add(id(tag))
    return found


class _Surroundings:
    """What stands around, in and above the elements of a page, each found in one walk: they may nest thousands deep.

    `wrappers` are around a headline or the main part, and never boilerplate: some systems put all of a page into one
    <form>, or mark a wrapper with what it has beside the text. `bulk` holds most of the page's text but its comments.
    """

    def __init__(self, page: Tag, tags: Sequence[Tag]) -> None:
        headlines = _holding(tags, "h1")
        self.wrappers = (
            headlines | _holding(tags, "main") | {id(tag) for tag in tags if tag.name == "main"} | {id(page)}
        )
        self.comments = find_comments(tags, self.wrappers)
        self.bulk = _bulk(page, [tag for tag in tags if id(tag) not in self.comments])
        self.leading_elsewhere = _inside(tags, "a") | _holding(tags, "a", "h2", "h3", "h4")
        self.article_headers = headlines | _inside(tags, "article", "main")


def _holding(tags: Sequence[Tag], *names: str) -> set[int]:
    """The id() of all elements that hold one of these."""
    found: set[int] = set()
    for tag in tags:
        around = tag.parent if tag.name in names else None
        while around is not None and id(around) not in found:
            found.add(id(around))
            around = around.parent
    return found


def _inside(tags: Sequence[Tag], *names: str) -> set[int]:
    """The id() of all elements that are one of these, or stand in one."""
    found: set[int] = set()
    for tag in tags:
        if tag.name in names or id(tag.parent) in found:
            found.add(id(tag))
    return found


def _bulk(page: Tag, tags: Sequence[Tag]) -> set[int]:
    """The id() of the elements that hold over half of the characters that the page has in paragraphs.

    Those of a kind do so together: a text may be laid out in several.
    """
    lengths = dict.fromkeys(map(id, (page, *tags)), 0)
    seen: set[str] = set()  # what is said again and again, at each picture or video, is not the bulk
    for tag in reversed(tags):  # children before their parents
        if tag.name == "p":
            text = "".join(child for child in tag.children if isinstance(child, NavigableString))
            lengths[id(tag)] += 0 if text in seen else len(text)
            seen.add(text)
        if tag.parent is not None:
            lengths[id(tag.parent)] += lengths[id(tag)]
    of_kind: Counter[tuple[str, str]] = Counter()
    for tag in tags:
        if lengths[id(tag)]:
            of_kind[kind(tag)] += lengths[id(tag)]
    half = max(_LONG_TEXT, lengths[id(page)]) / 2
    return {id(tag) for tag in tags if lengths[id(tag)] > half or (lengths[id(tag)] and of_kind[kind(tag)] > half)}


def kind(tag: Tag) -> tuple[str, str]:
    """The name and the classes of an element: those of one kind hold texts of one kind."""
    return tag.name, attribute(tag, "class")


def is_caption(tag: Tag) -> bool:
    """Whether an element holds what stands below a picture."""
    return tag.name == "figcaption" or not _CAPTION_WORDS.isdisjoint(words_of(tag, "class", "id"))


def _is_boilerplate(tag: Tag, around: _Surroundings) -> bool:
    if id(tag) in around.wrappers or tag.name in ("html", "body", "article"):
        return False
    is_bulk = id(tag) in around.bulk
    if tag.name in _TAGS:
        return not (is_bulk and tag.name == "form")
    if attribute(tag, "role").lower() in _ROLES:
        return True
    words = words_of(tag, "class", "id")
    if words & _FOREIGN_WORDS:
        return True
    # A teaser that is neither a link nor has a headline is the lead of this article.
    is_teaser = _TEASER in words and id(tag) in around.leading_elsewhere
    return not is_bulk and (is_teaser or bool(words & _BESIDE_WORDS))


def _asks_consent(tag: Tag, around: _Surroundings) -> bool:
    """Whether an element is a layer that asks for consent: by its name, or in most sentences of a layer."""
    if id(tag) in around.wrappers or tag.name in ("html", "body", "article"):
        return False
    words = words_of(tag, "class", "id")
    if words & _CONSENT_WORDS:
        return True
    if not words & _LAYER_WORDS and attribute(tag, "role").lower() not in ("dialog", "alertdialog"):
        return False
    sentences = [text for text in islice(tag.strings, _MOST_RUNS) if len(text) >= _SENTENCE]
    asking = sum(bool(_ASKS_CONSENT.search(text)) for text in sentences)
    return asking > 1 and asking >= len(sentences) / 2


def _is_hidden(tag: Tag) -> bool:
    return (
        tag.has_attr("hidden")
        or attribute(tag, "aria-hidden").lower() == "true"
        or bool(_HIDDEN_STYLE.search(attribute(tag, "style")))
    )
