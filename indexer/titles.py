"""What is the headline of a page? Pages declare it several times, with the name of the site behind it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

from indexer.written_dates import parse_written_date

_SEPARATOR = re.compile(r"\s+[|–—•·«»:-]+\s+|\s*\|\s*")
_WORD = re.compile(r"\w+")
_MOST_PARTS = 5  # behind the headline: section, site, day and the like
_LONGEST_SECTION = 3  # words behind the last sign


def best_title(titles: Sequence[str], sites: Iterable[str], url: str) -> str:
    """The first of the titles, the best first, without the name of the site, unless two others agree against it."""
    names = {letters(site) for site in (*sites, *_names_of_host(url)) if site}
    plain = [title for title in (_without_site(title, names, titles) for title in titles) if title]
    votes = Counter(map(letters, plain))
    return max(plain, key=lambda title: votes[letters(title)], default="")


def _without_site(title: str, names: set[str], titles: Sequence[str]) -> str:
    """The title without the names of the site, days and sections that stand behind its last separators."""
    others = {letters(other) for other in titles}
    for mark in reversed([*_SEPARATOR.finditer(title)][-_MOST_PARTS:]):
        before, behind = title[: mark.start()].strip(), title[mark.end() :].strip()
        idle = letters(behind) in names or _is_day(behind)
        short = len(behind.split()) <= _LONGEST_SECTION and letters(before) in others
        if not before or not (idle or short):
            break
        title = before
    return title


def letters(text: str) -> str:
    """The letters and digits of a text, small."""
    return "".join(_WORD.findall(text)).casefold()


def _names_of_host(url: str) -> tuple[str, ...]:
    """What a site may call itself by its address: golem.de, golem."""
    host = urlsplit(url).netloc.rpartition("@")[2].removeprefix("www.")
    return (host, host.rpartition(".")[0]) if host else ()


def _is_day(text: str) -> bool:
    try:
        return bool(parse_written_date(text)) and not text.isdigit()
    except (ValueError, OverflowError):
        return False
