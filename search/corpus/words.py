"""Which words do these articles have? Counted by their forms, in a sample that is spread evenly over time."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from search.article import Article
from search.deadline import check_deadline
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
TOGETHER = 100  # articles that are read at once
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


def read(engine: Engine, ids: Sequence[str]) -> Iterator[Article]:
    """The articles with these ids, in the order of time; one that was just deleted is left out. Raises TooExpensive."""
    for first in range(0, len(ids), TOGETHER):
        check_deadline("reading articles")
        some = any_of([Keyword("id", id) for id in ids[first : first + TOGETHER]])
        for match in engine.search(EngineRequest(some, "newest", TOGETHER)).matches:
            yield to_article(match.stored, mentions=False)


def spread(ids: Sequence[str], number: int) -> list[str]:
    """So many of the ids, or all, at equal distances."""
    if len(ids) <= number:
        return list(ids)
    return [ids[place * len(ids) // number] for place in range(number)]
