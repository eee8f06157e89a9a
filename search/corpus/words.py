"""Which words do these articles have? Counted by their forms, in a sample that is spread evenly over time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from search.article import Article
from search.deadline import check_deadline
from search.engines.base import Engine
from search.german.analysis import german_word
from search.german.broken_words import whole
from search.german.function_words import is_function_word
from search.german.tokens import TOKEN
from search.query.terms import Terms
from search.store.entry import to_article

MOST_IDS = 100_000  # the newest answers, of which a sample is drawn
MOST_TEXT = 20_000  # characters of a text that are looked at
SHORTEST = 3  # letters


class Forms:
    """What words are forms of, each looked up once: None for little words, numbers and signs, which say nothing."""

    def __init__(self) -> None:
        self._known: dict[str, str | None] = {}

    def __getitem__(self, surface: str) -> str | None:
        if surface not in self._known:
            says_something = surface.isalpha() and len(surface) >= SHORTEST and not is_function_word(surface)
            self._known[surface] = german_word(surface).form if says_something else None
        return self._known[surface]

    def spellings(self, wanted: Iterable[str], surfaces: Counter[str]) -> dict[str, str]:
        """The most frequent spelling of each form, nouns with their capital; ties by spelling."""
        missing = set(wanted)
        ranked = sorted(surfaces.items(), key=lambda counted: (-counted[1], counted[0]))
        found: dict[str, str] = {}
        for surface, _ in ranked:
            form = self[surface]
            if form in missing:
                found[form] = surface
                missing.discard(form)
        return found


@dataclass(slots=True)
class WordCounts:
    """In how many of so many `articles` each form is, and how often each spelling is."""

    forms: Forms
    articles: int = 0
    having: Counter[str] = field(default_factory=Counter)
    surfaces: Counter[str] = field(default_factory=Counter)

    def add(self, text: str) -> None:
        """Count the words of a text."""
        surfaces = words_of(text)
        forms = {self.forms[surface] for surface in set(surfaces)}
        self.articles += 1
        self.having.update(form for form in forms if form)
        self.surfaces.update(surfaces)


def words_of(text: str) -> list[str]:
    """The words of a text as they are written, those whole that a line end broke."""
    mended = whole(text[:MOST_TEXT])
    return [match[0] for match in TOKEN.finditer(mended.text if mended else text[:MOST_TEXT])]


def word_counts(articles: Iterable[Article], forms: Forms) -> WordCounts:
    """The words in the bodies of articles."""
    counts = WordCounts(forms)
    for article in articles:
        counts.add(article.body)
    return counts


def sample(engine: Engine, terms: Terms, number: int) -> Iterator[Article]:
    """So many of the articles that answer, spread evenly over them in the order of time. Raises TooExpensive.

    The same for the same archive. Of more than MOST_IDS answers, the newest are drawn from.
    """
    check_deadline("reading articles")
    return read(engine, spread(engine.ids(terms, MOST_IDS), number))


def read(engine: Engine, ids: Iterable[str]) -> Iterator[Article]:
    """The articles with these ids; one that was just deleted is left out. Raises TooExpensive."""
    for id in ids:
        check_deadline("reading articles")
        stored = engine.get(id)
        if stored is not None:
            yield to_article(stored, mentions=False)


def spread(ids: Sequence[str], number: int) -> list[str]:
    """So many of the ids, or all, at equal distances."""
    if len(ids) <= number:
        return list(ids)
    return [ids[place * len(ids) // number] for place in range(number)]
