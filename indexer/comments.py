"""Which parts of a page did its readers write? Comments, letters, forums: no text of the article, however long."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bs4 import Tag
from bs4.element import NavigableString

from indexer.metadata import words_of

# Words in class and id that mean comments wherever they stand.
_SURELY = frozenset("comments kommentare leserkommentare usercomments commentlist disqus".split())
# Those that may also be the kind of the article (*kommentar*) or the name of the site; below a text they are comments.
_PERHAPS = re.compile(
    r"(?:user|leser|artikel|article)?(?:comment|kommentar)[a-z]*|leser(?:brief|meinung|stimme|post|beitr)[a-zä]*"
    r"|foren|forum|postings?|diskussion(?:en)?|discussions?|gaestebuch|guestbook|respond|replies"
)
_USER_POSTS = ({"user", "posts"}, {"leser", "beitraege"}, {"reader", "letters"})
_LONG_RUN = 60  # characters of a run of text that is no label
_ENOUGH_RUNS = 2  # of them make a text; a lead is one


def find_comments(tags: Sequence[Tag], wrappers: set[int]) -> set[int]:
    """The id() of the elements that hold what readers wrote, and of all in them.

    `tags` are all elements of the page, in their order, `wrappers` those that hold the article, and so no comments.
    """
    found: set[int] = set()
    runs = 0
    for tag in tags:
        runs = 0 if tag.name == "h1" else runs
        if id(tag.parent) in found or (id(tag) not in wrappers and _is_comments(tag, runs)):
            found.add(id(tag))
        else:
            runs += _long_runs(tag)
    return found


def _is_comments(tag: Tag, runs: int) -> bool:
    """Whether an element below so many runs of text says of itself that it holds comments."""
    words = words_of(tag, "class", "id")
    if tag.name in ("html", "head", "body", "main") or not words:
        return False
    if words & _SURELY or any(pair <= words for pair in _USER_POSTS):
        return True
    return runs >= _ENOUGH_RUNS and any(map(_PERHAPS.fullmatch, words))


def _long_runs(tag: Tag) -> int:
    """How many long runs of text an element has by itself; in a link they lead to other articles."""
    if tag.name in ("a", "script", "style", "template", "noscript", "title", "figcaption"):
        return 0
    return sum(len(child) >= _LONG_RUN for child in tag.children if isinstance(child, NavigableString))
