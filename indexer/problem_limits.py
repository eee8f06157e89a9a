"""How many problems of one document are worth a line? The first ones; a file of nothing else is given up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from indexer.errors import DocumentError, Problem
from search.article import Article

MOST_NAMED = 1000  # problems of a document that the report names, of each kind; it is held in memory until the end


def with_bounded_problems(name: str, items: Iterable[Article | Problem]) -> Iterator[Article | Problem]:
    """What a document holds, with at most MOST_NAMED failures and as many warnings, and one that counts the others.

    Raises DocumentError if MOST_NAMED failures came and they are more than the articles: that is no file of ours.
    """
    articles, found = 0, {True: 0, False: 0}  # problems by whether they are fatal
    for item in items:
        if isinstance(item, Article):
            articles += 1
            yield item
            continue
        found[item.fatal] += 1
        if found[item.fatal] <= MOST_NAMED:
            yield item
        elif item.fatal and found[True] > articles:
            message = f"has more than {MOST_NAMED:,} records that cannot be read, most of it; the rest was not read"
            raise DocumentError(name, f"{message}. Is it a file of articles?")
    for fatal, word in ((True, "failures"), (False, "warnings")):
        if found[fatal] > MOST_NAMED:
            yield Problem(name, None, f"has {found[fatal] - MOST_NAMED:,} more {word} of these kinds", fatal)
