"""The articles that every engine gets: the news set as it is, or as many as wanted of its sentences.

Generated articles are the same for the same number and material, wherever they are made, and the
first ones of a larger set are those of a smaller. Lengths are those of newspaper articles, and the
vocabulary grows as that of the news set does: where resampled sentences bring too few new words,
nouns in them are replaced by coined ones.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path

from bench.peers.coining import NEW, ORGANISATIONS, PLACES, Coinage
from bench.peers.growth import GERMAN_NEWS, Vocabulary
from bench.peers.material import NOUN, Material, news
from bench.peers.rows import Row

SEED = 20
FIRST_DAY = date(2005, 1, 1)
DAYS = 20 * 365
SOURCES = ("Tagesblatt", "Rundschau", "Abendkurier", "Anzeiger", "Nachrichten", "Wochenpost")
SOURCE_WEIGHTS = (30, 25, 20, 10, 10, 5)
SECTIONS = ("Politik", "Wirtschaft", "Kultur", "Sport", "Wissenschaft", "Panorama", "Regionales", "Meinung")
SHORTEST, LONGEST = 40, 2_000  # words of an article
PARAGRAPH = 4  # sentences
MOST_COINED = 0.7  # of the nouns of an article; only few sentences to resample ask for so many
TITLE_WORDS = (4, 9)
TOLD = (
    "Das sagte {person} in {place}.",
    "{person} wollte sich in {place} nicht dazu äußern.",
    "Wie {person} von {organisation} mitteilte, ist {place} davon betroffen.",
    "{organisation} widersprach am Abend.",
)


class Generator:
    """Makes one article after the other."""

    def __init__(self, material: Material) -> None:
        self._chance = random.Random(SEED)
        self._material = material
        self._vocabulary = Vocabulary()
        self._coinage = Coinage(self._chance, material.nouns, self._vocabulary.known)

    def articles(self, number: int) -> Iterator[Row]:
        """So many articles."""
        return (self._article(f"a{place}") for place in range(number))

    def dressed(self, row: Row) -> Row:
        """A real article with what it lacks: date, section, and declared names so that facets can count."""
        drawn = self._known_of()
        return {**drawn, "id": row["id"], **{name: value for name, value in row.items() if value}}

    def _article(self, id: str) -> Row:
        known = self._known_of()
        body = self._with_new_words(self._body(known))
        self._vocabulary.add(body)
        return {"id": id, "title": self._title(), "body": body, **known}

    def _known_of(self) -> Row:
        """What is known of an article beside its text."""
        chance = self._chance
        return {
            "date": (FIRST_DAY + timedelta(days=chance.randrange(DAYS))).isoformat(),
            "source": chance.choices(SOURCES, SOURCE_WEIGHTS)[0],
            "section": chance.choice(SECTIONS),
            "entities": {
                "person": _distinct(self._coinage.persons.use() for _ in range(chance.randint(0, 4))),
                "place": _distinct(_skewed(PLACES, chance) for _ in range(chance.randint(1, 3))),
                "organisation": _distinct(_skewed(ORGANISATIONS, chance) for _ in range(chance.randint(0, 2))),
            },
        }

    def _body(self, known: Row) -> str:
        """Sentences of the material, as many as a newspaper article has, and what the persons say."""
        chance, names = self._chance, known["entities"]
        words = min(max(chance.choice(self._material.lengths), SHORTEST), LONGEST)
        sentences = [_told(person, names["place"][0], chance) for person in names["person"]]
        while words > 0:
            sentences.append(chance.choice(self._material.sentences))
            words -= sentences[-1].count(" ") + 1
        chance.shuffle(sentences)
        return "\n\n".join(" ".join(sentences[at : at + PARAGRAPH]) for at in range(0, len(sentences), PARAGRAPH))

    def _title(self) -> str:
        sentence = self._chance.choice(self._material.sentences).split()
        return " ".join(sentence[: self._chance.randint(*TITLE_WORDS)]).rstrip(".,:;!?-– ")

    def _with_new_words(self, body: str) -> str:
        """The text with nouns replaced by coined words, as many as the law of growth asks for."""
        expected = GERMAN_NEWS.vocabulary(self._vocabulary.words + body.count(" ") + 1)
        lacking = expected - len(self._vocabulary.known)
        nouns = list(NOUN.finditer(body))
        number = min(int(len(nouns) * MOST_COINED), int(max(lacking, 0) / NEW))
        for noun in sorted(self._chance.sample(nouns, number), key=re.Match.start, reverse=True):
            body = body[: noun.start()] + self._coinage.words.use() + body[noun.end() :]
        return body


def collection(name: str, data: Path | None, material: Material) -> Iterator[Row]:
    """The articles called `name`: "news" for the real ones in the folder `data`, else a number of generated ones."""
    generator = Generator(material)
    if name != "news":
        return generator.articles(int(name))
    if data is None:
        raise ValueError("The collection news needs --data, the folder that holds news/")
    return (generator.dressed(row) for row in news(data))


def _distinct(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))


def _skewed(names: list[str], chance: random.Random) -> str:
    """One of the names, the first ones more often."""
    return names[int(len(names) * chance.random() ** 2)]


def _told(person: str, place: str, chance: random.Random) -> str:
    return chance.choice(TOLD).format(person=person, place=place, organisation=_skewed(ORGANISATIONS, chance))
