"""What should an archive find by an article's own words? Known items: questions with one right answer each.

An archive has its judged questions in itself: the headline of an article asks for its body, the rarest nouns of the
headline ask for the article, and so do the same with a typing error (Azzopardi, de Rijke and Balog 2007, Building
simulated queries for known-item topics).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from random import Random

from search.archive import Archive
from search.article import Article
from search.german.function_words import is_function_word
from search.german.tokens import TOKEN, normalise
from search.quality import Question

SEED = 1  # the same archive gives the same questions
SHORTEST_NOUN = 3  # letters; shorter ones are initials
SHORTEST_MISSPELT = 5
# Headlines of fewer words say too little to be asked for.
FEWEST_WORDS = 2

# What is asked, and by how many nouns of a headline.
KINDS = ("headline", "two nouns", "three nouns", "misspelt")

Frequency = Callable[[str], int]  # in how many articles a word stands, by its exact term


def known_items(archive: Archive, number: int, seed: int = SEED) -> Mapping[str, list[Question]]:
    """Questions of each of KINDS from at most `number` articles of an archive, drawn at random.

    Walks through the whole archive once. An article whose headline does not have enough words gives fewer questions.
    """
    return questions_of(archive.sample(number, seed), archive.frequency, seed)


def questions_of(articles: Iterable[Article], frequency: Frequency, seed: int = SEED) -> Mapping[str, list[Question]]:
    """Questions of each of KINDS from these articles; `frequency` tells which nouns are rare."""
    random = Random(seed)
    found: dict[str, list[Question]] = {kind: [] for kind in KINDS}
    for article in articles:
        for kind, text in _texts(article.title, frequency, random):
            found[kind].append(Question(text, frozenset([article.id])))
    return found


def rare_nouns(title: str, number: int, frequency: Frequency) -> tuple[str, ...]:
    """The rarest words with a capital in a headline, in their order; () if it has fewer."""
    words = dict.fromkeys(match.group() for match in TOKEN.finditer(title))
    nouns = [word for word in words if word[0].isupper() and len(word) >= SHORTEST_NOUN and not is_function_word(word)]
    rarest = sorted(nouns, key=lambda word: frequency(normalise(word)))[:number]
    return tuple(word for word in nouns if word in rarest) if len(rarest) == number else ()


def misspelt(word: str, random: Random) -> str:
    """The word with one typing error behind its first letter: two letters exchanged, one left out or doubled."""
    places = [place for place in range(1, len(word) - 1) if word[place] != word[place + 1]]
    if not places:
        return word + word[-1]
    place = random.choice(places)
    first, second = word[place], word[place + 1]
    return word[:place] + random.choice((second + first, second, first + first + second)) + word[place + 2 :]


def _texts(title: str, frequency: Frequency, random: Random) -> Iterable[tuple[str, str]]:
    """What a headline is asked by, with the kind of each."""
    if len([match for match in TOKEN.finditer(title) if not is_function_word(match.group())]) >= FEWEST_WORDS:
        yield "headline", title
    for kind, number in (("two nouns", 2), ("three nouns", 3)):
        if nouns := rare_nouns(title, number, frequency):
            yield kind, " ".join(nouns)
    two = rare_nouns(title, 2, frequency)
    longest = max(two, key=len, default="")
    if len(longest) >= SHORTEST_MISSPELT:
        yield "misspelt", " ".join(misspelt(word, random) if word == longest else word for word in two)
