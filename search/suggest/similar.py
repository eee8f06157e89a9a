"""Which articles are like this one? Those that share the nouns and names it is about."""

from __future__ import annotations

from collections import Counter

from search.article import Article
from search.engines.base import Engine
from search.engines.scoring import idf
from search.german.analysis import analyse
from search.query.terms import Term, Terms, any_of
from search.schema import WEIGHTS, column

TITLE_COUNTS = 3  # a word of the headline says as much as three of the text
CANDIDATES = 40  # words whose rarity is looked up
WORDS = 12  # words that the question then consists of
SHORTEST = 4  # letters; shorter capitalised words are articles and pronouns as a rule
MOST_TEXT = 20_000  # characters of a text that are looked at


def likeness(article: Article, engine: Engine) -> Terms:
    """The question whose answers are like `article`: its words that are frequent here and rare elsewhere.

    German writes nouns and names with a capital, and they are what a text is about; words with a
    small letter are not looked at. The measure is tf-idf.
    """
    counts = _nouns(article.body[:MOST_TEXT], 1) + _nouns(article.title, TITLE_COUNTS)
    total = engine.count()
    weights = {
        form: count * idf(engine.frequency(column("body", "form"), form), total)
        for form, count in counts.most_common(CANDIDATES)
    }
    chosen = sorted(weights, key=lambda form: (-weights[form], form))[:WORDS]
    return any_of(
        [Term(column(name, "form"), form, WEIGHTS.field(name)) for form in chosen for name in ("title", "body")]
    )


def _nouns(text: str, worth: int) -> Counter[str]:
    """The forms of the capitalised words of a text, each occurrence counted as `worth`."""
    return Counter(
        {
            form: worth * count
            for form, count in Counter(
                word.form
                for start, end, word in analyse(text).tokens
                if end - start >= SHORTEST and text[start].isupper()
            ).items()
        }
    )
