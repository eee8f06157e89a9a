"""Which of the articles that JSON-LD describes is that of the page? It may describe related ones, or those of a list.

The page's own is known by its address, else by its headline; what names another address and another headline is none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from indexer.addresses import plain_address
from indexer.titles import letters

_SURE_HEADLINE = 12  # letters; a shorter one may well be the beginning of another


@dataclass(frozen=True)
class Described:
    """What tells an article that is described somewhere: its addresses and headlines."""

    addresses: Sequence[str]
    headlines: Sequence[str]


def own_number(described: Sequence[Described], page: Described) -> int | None:
    """The number of the description that is of the page's article; None if there is none.

    One that neither names another address nor has a known headline may be the page's, if it is the only one.
    """
    headlines = [*filter(None, map(letters, page.headlines))]
    tests: tuple[Callable[[Described], bool], ...] = (
        lambda each: same_address(each.addresses, page.addresses),
        lambda each: any(letters(headline) in headlines for headline in each.headlines),
        lambda each: any(_is_headline(letters(headline), headlines) for headline in each.headlines),
    )
    for test in tests:
        found = next((number for number, each in enumerate(described) if test(each)), None)
        if found is not None:
            return found
    undecided = [number for number, each in enumerate(described) if not (page.addresses and each.addresses)]
    others = {letters(headline) for number in undecided for headline in described[number].headlines[:1]}
    return undecided[0] if undecided and (len(others) < 2 or not headlines) else None


def same_address(addresses: Iterable[str], others: Iterable[str]) -> bool:
    """Whether two descriptions share an address, however it is reached."""
    return not set(map(_key, addresses)).isdisjoint(map(_key, others))


def _is_headline(headline: str, known: Sequence[str]) -> bool:
    """Whether a headline stands in one of the page's, perhaps with the name of the site, or one of them in it."""
    pairs = ((headline, other) if len(headline) < len(other) else (other, headline) for other in known)
    return any(len(short) >= _SURE_HEADLINE and short in long for short, long in pairs)


def _key(address: str) -> str:
    """What is the same for all ways to an address: with and without www, for phones, with a slash behind."""
    parts = urlsplit(plain_address(address))
    host = parts.netloc.removeprefix("www.").removeprefix("m.").removeprefix("amp.")
    path = parts.path.removesuffix("/").removesuffix("/amp").removesuffix("/amp.html")
    return f"{host}{path}?{parts.query}#{parts.fragment}"
