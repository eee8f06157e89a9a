"""Which articles are like this one? Those that share the nouns and names it is about."""

from __future__ import annotations

from collections import Counter

from search.article import Article
from search.engines.base import Engine, EngineRequest, Match
from search.engines.scoring import idf
from search.german.analysis import analyse
from search.query.terms import Term, Terms, any_of
from search.schema import WEIGHTS, column

TITLE_COUNTS = 3  # a word of the headline says as much as three of the text
MOST_LOOKED_UP = 40  # words whose rarity is looked up
WORDS = 12  # words that the question then consists of
SHORTEST = 4  # letters; shorter capitalised words are articles and pronouns as a rule
LEAST_SIMILARITY = 0.15  # of the score that an article has for its own question
MOST_TEXT = 20_000  # characters of a text that are looked at


def similar_matches(engine: Engine, article: Article, size: int) -> tuple[Match, ...]:
    """The entries most like an article, itself not among them, that score at least LEAST_SIMILARITY of what it does."""
    found = engine.search(EngineRequest(more_like_this(article, engine), size=size + 1))
    own = next((match.score for match in found.matches if match.id == article.id), 0.0)
    others = (match for match in found.matches if match.id != article.id)
    return tuple(match for match in others if match.score >= own * LEAST_SIMILARITY)[:size]


def more_like_this(article: Article, engine: Engine) -> Terms:
    """The query whose answers are like `article` (Lucene: MoreLikeThis): its words frequent here and rare elsewhere.

    German writes nouns and names with a capital, and they are what a text is about; words with a
    small letter are not looked at. The measure is tf-idf.
    """
    counts = _nouns(article.body[:MOST_TEXT], 1) + _nouns(article.title, TITLE_COUNTS)
    total = engine.count()
    nouns = dict(counts.most_common(MOST_LOOKED_UP))
    containing = engine.frequencies(column("body", "form"), list(nouns))
    weights = {form: nouns[form] * idf(number, total) for form, number in zip(nouns, containing, strict=True)}
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
