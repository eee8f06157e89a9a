"""What is the headline of a page, and what its section? Pages declare them several times, among names of the site."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

from indexer.written_dates import parse_written_date

_SEPARATOR = re.compile(r"\s+[|–—•·«»:-]+\s+|\s*\|\s*")
_WORD = re.compile(r"\w+")
_ANY_NEWS = frozenset("news nachrichten aktuell aktuelles start startseite home artikel schlagzeilen meldungen".split())
_MOST_PARTS = 5  # behind the headline: section, site, day and the like
_LONGEST_SECTION = 3  # words


def best_title(titles: Sequence[str], sites: Iterable[str], url: str) -> str:
    """The first of the titles, the best first, without the name of the site, unless two others agree against it."""
    names = {letters(site) for site in (*sites, *_names_of_host(url)) if site}
    plain = [title for title in (_without_site(title, names, titles) for title in titles) if title]
    votes = Counter(map(letters, plain))
    return max(plain, key=lambda title: votes[letters(title)], default="")


def section_of_path(steps: Sequence[str]) -> str:
    """The first section on a path from the start of a site to an article, "" if there is none.

    The article itself may be the last step. A step such as *Nachrichten* is taken only if no other is there.
    """
    sections = [step for step in steps[1:] if step and len(step.split()) <= _LONGEST_SECTION]
    telling = [step for step in sections if letters(step) not in _ANY_NEWS]
    return next(iter(telling or sections), "")


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
