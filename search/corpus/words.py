"""Which words do these articles have? Counted by their forms, in a sample that is spread evenly over time."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from search.article import Article
from search.deadline import check_deadline, time_is_short
from search.engines.base import Engine, EngineRequest
from search.german.analysis import german_word, may_be_gender_form
from search.german.broken_words import whole
from search.german.function_words import is_function_word
from search.german.stemming import stem
from search.german.tokens import normalise
from search.query.terms import Keyword, Terms, any_of
from search.store.entry import to_article

MOST_IDS = 100_000  # the newest answers, of which a sample is drawn
MOST_TEXT = 20_000  # characters of a text that are looked at
TOGETHER = 20  # articles that are read at once, between two looks at the clock: up to 60 ms
SHORTEST = 3  # letters
# Numbers and signs say nothing, and to look for them, as the index does, takes ten times as long.
WORD = re.compile(r"[^\W\d_]+")


class Forms(dict[str, str | None]):
    """What words are forms of, each looked up once: None for little words, which say nothing."""

    def __missing__(self, surface: str) -> str | None:
        says_something = len(surface) >= SHORTEST and not is_function_word(surface)
        form = self[surface] = _form(surface) if says_something else None
        return form

    def spellings(self, wanted: Iterable[str], surfaces: Counter[str]) -> dict[str, str]:
        """The most frequent spelling of each form, nouns with their capital; ties by spelling."""
        missing = set(wanted)
        ranked = sorted(surfaces.items(), key=lambda counted: (-counted[1], counted[0]))
        found: dict[str, str] = {}
        for surface, _ in ranked:
            if not missing:
                break  # most words are rare, and need not be looked up
            form = self[surface]
            if form in missing:
                found[form] = surface
                missing.discard(form)
        return found


@dataclass(slots=True)
class WordCounts:
    """In how many of so many `articles` each form is, and how often each spelling is.

    They are `cut_short` if the time was too short for all articles of the sample.
    """

    forms: Forms
    articles: int = 0
    cut_short: bool = False
    having: Counter[str] = field(default_factory=Counter)
    surfaces: Counter[str] = field(default_factory=Counter)

    def add(self, text: str) -> None:
        """Count the words of a text."""
        surfaces = words_of(text)
        self.articles += 1
        self.having.update(filter(None, set(map(self.forms.__getitem__, set(surfaces)))))
        self.surfaces.update(surfaces)


def _form(surface: str) -> str:
    """The form of a word of letters, without splitting it as `german_word` does, which takes most of the time."""
    return german_word(surface).form if may_be_gender_form(surface) else stem(normalise(surface))


def words_of(text: str) -> list[str]:
    """The words of letters in a text as they are written, those whole that a line end broke."""
    text = text[:MOST_TEXT]
    mended = whole(text)
    return WORD.findall(mended.text if mended else text)


def word_counts(engine: Engine, searches: Iterable[Terms], number: int, forms: Forms, share: float = 1) -> WordCounts:
    """The words in the bodies of so many of the articles that each of some searches finds, spread evenly over time.

    The same for the same archive, but where a `share` of the time until the deadline is over before all are read: the
    counts are cut short then, and those of articles that are spread over time as well. Of more than MOST_IDS answers,
    the newest are drawn from. Raises TooExpensive.
    """
    counts = WordCounts(forms)
    for terms in searches:
        check_deadline("reading articles")
        for ids in evenly(spread(engine.ids(terms, MOST_IDS), number), TOGETHER):
            if counts.articles and time_is_short(share):
                counts.cut_short = True
                return counts
            for article in read(engine, ids):
                counts.add(article.body)
    return counts


def read(engine: Engine, ids: Sequence[str]) -> Iterator[Article]:
    """The articles with these ids; one that was just deleted is left out. Raises TooExpensive."""
    check_deadline("reading articles")
    found = engine.search(EngineRequest(any_of([Keyword("id", id) for id in ids]), "newest", len(ids)))
    return (to_article(match.stored, mentions=False) for match in found.matches)


def evenly(ids: Sequence[str], most: int) -> list[Sequence[str]]:
    """The ids in parts of at most so many, each of which is spread over all of them."""
    parts = -(-len(ids) // most)
    return [ids[part::parts] for part in range(parts)]


def spread(ids: Sequence[str], number: int) -> list[str]:
    """So many of the ids, or all, at equal distances."""
    if len(ids) <= number:
        return list(ids)
    return [ids[place * len(ids) // number] for place in range(number)]
