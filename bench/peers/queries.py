"""The queries that every engine is asked, drawn from the vocabulary of the articles themselves.

Frequencies are those of stems, so that "rare" and "common" mean the same for engines that stem.
"""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

import Stemmer

from bench.peers.growth import WORD, words_of
from bench.peers.material import NOUN
from bench.peers.questions import CLASSES, Query
from bench.peers.rows import Row
from search.german.function_words import FUNCTION_WORDS

SEED = 7
SAMPLE = 4_000  # articles that phrases and queries of three words are taken from
RARE = (3, 20)  # articles with the word
COMMON = (0.01, 0.05)  # of all articles
FREQUENT = 20  # function words that are asked for
TRIES = 200  # for each query, to find one that is new

_STEMMER = Stemmer.Stemmer("german")
_PHRASE = re.compile(r"[^\W\d_]+(?: [^\W\d_]+){2,3}")
_PLAIN = re.compile(r"[a-z]+")  # prefixes without ä ö ü ß, which stemmers change
_SENTENCE = re.compile(r"[^.!?\n]+")


@dataclass(frozen=True, slots=True)
class Words:
    """What queries are drawn from: words by how frequent they are, and articles."""

    rare: list[str]
    common: list[str]
    function: list[str]
    articles: list[Row]


def draw(rows: Iterable[Row], number: int) -> dict[str, list[Query]]:
    """Distinct queries of every class in a shuffled order, `number` of each or as many as the articles give."""
    chance = random.Random(SEED)
    words = _survey(rows, chance)
    drawn: dict[str, Callable[[], Query | None]] = {
        "rare": lambda: Query("rare", (chance.choice(words.rare),)),
        "common": lambda: Query("common", (chance.choice(words.common),)),
        "function": lambda: Query("function", tuple(chance.sample(words.function, chance.randint(1, 3)))),
        "three": lambda: _three(words, chance),
        "phrase": lambda: _phrase(words, chance),
        "prefix": lambda: _prefix(words, chance),
        "filtered": lambda: _filtered(words, chance),
    }
    return {name: _distinct(drawn[name], number) for name in CLASSES}


def save(queries: dict[str, list[Query]], path: Path) -> None:
    """The queries as a JSON file."""
    content = {name: [asdict(query) for query in some] for name, some in queries.items()}
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")


def _survey(rows: Iterable[Row], chance: random.Random) -> Words:
    """Count in how many articles each stem occurs, and keep some articles."""
    frequency: Counter[str] = Counter()
    little: Counter[str] = Counter()
    surfaces: dict[str, str] = {}
    articles: list[Row] = []
    for number, row in enumerate(rows, start=1):
        words = set(words_of(row["body"]))
        frequency.update(set(map(_stem, words)))
        little.update(words & FUNCTION_WORDS)
        for noun in NOUN.findall(row["body"]):
            surfaces.setdefault(_stem(noun.lower()), noun)
        _keep_some(articles, row, number, chance)
    function = sorted(word for word, _ in little.most_common(FREQUENT))
    return _sorted_out(frequency, surfaces, function, articles, number)


@cache
def _stem(word: str) -> str:
    return str(_STEMMER.stemWord(word))


def _keep_some(articles: list[Row], row: Row, number: int, chance: random.Random) -> None:
    """Keep each row with the same probability (reservoir sampling)."""
    if len(articles) < SAMPLE:
        articles.append(row)
    elif (place := chance.randrange(number)) < SAMPLE:
        articles[place] = row


def _sorted_out(
    frequency: Counter[str], surfaces: dict[str, str], function: list[str], articles: list[Row], number: int
) -> Words:
    """The nouns and names of each frequency, and the rest as it is."""
    content = {stem: word for stem, word in sorted(surfaces.items()) if _is_content(word)}
    rare = [word for stem, word in content.items() if RARE[0] <= frequency[stem] <= RARE[1]]
    fewest = max(COMMON[0] * number, RARE[0])
    common = [word for stem, word in content.items() if fewest <= frequency[stem] <= COMMON[1] * number]
    return Words(rare, common or rare, function, articles)


def _is_content(word: str) -> bool:
    return len(word) > 3 and word.lower() not in FUNCTION_WORDS


def _distinct(draw: Callable[[], Query | None], number: int) -> list[Query]:
    found: dict[Query, None] = {}
    for _ in range(number * TRIES):
        query = draw()
        if query is not None:
            found[query] = None
        if len(found) == number:
            break
    return list(found)


def _three(words: Words, chance: random.Random) -> Query | None:
    """Three nouns and names of one paragraph, so that something answers."""
    paragraph = chance.choice(chance.choice(words.articles)["body"].split("\n"))
    nouns = sorted({word for word in WORD.findall(paragraph) if word[0].isupper() and _is_content(word)})
    return Query("three", tuple(chance.sample(nouns, 3))) if len(nouns) > 2 else None


def _phrase(words: Words, chance: random.Random) -> Query | None:
    """Two or three words in a row that begin and end with a word of content."""
    sentence = chance.choice(_SENTENCE.findall(chance.choice(words.articles)["body"]))
    runs = _PHRASE.findall(sentence)
    phrase = chance.choice(runs).split()[: chance.randint(2, 3)] if runs else [""]
    return Query("phrase", tuple(phrase)) if _is_content(phrase[0]) and _is_content(phrase[-1]) else None


def _prefix(words: Words, chance: random.Random) -> Query | None:
    """The first four to six letters of a word that is longer."""
    word = chance.choice(words.common if chance.random() < 0.5 else words.rare).lower()
    length = chance.randint(4, 6)
    return Query("prefix", (word[:length],)) if len(word) > length + 2 and _PLAIN.fullmatch(word) else None


def _filtered(words: Words, chance: random.Random) -> Query:
    """A common word in articles of one source and of some years."""
    year = chance.randint(2005, 2020)
    source = chance.choice(words.articles)["source"]
    return Query("filtered", (chance.choice(words.common),), source, f"{year}-01-01", f"{year + 4}-12-31")
