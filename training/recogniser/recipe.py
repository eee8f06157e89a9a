"""From examples to a model: teachers learn from annotated texts and guess labels of plain ones; a pupil learns both."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from training.recogniser.batches import SOURCES, Piece, cut
from training.recogniser.examples import UNMARKED, Example
from training.recogniser.learning import Course, Weights, fresh, learn, probabilities
from training.recogniser.material import Material

STYLES = ("germeval", "smartdata-news")  # the annotators whose mean the model follows
_WEIGHTS = {"smartdata-rss": 0.3, "smartdata-tweet": 0.3, "mobie": 0.3, "historical": 0.25, "europeana": 0.25}
_OLD = ("historical", "europeana")
_OLD_WITH_NAMES, _OLD_WITHOUT = 0.5, 0.125  # shares of the old texts that are read
_TEACHERS = (Course(7, seed=1), Course(7, seed=2))
_PUPIL = Course(2, seed=3, rows=2560, rate=1.3e-3)


@dataclass(frozen=True)
class Recipe:
    """How much of everything; `guessed` is the share of the articles of each plain collection."""

    teachers: tuple[Course, ...] = _TEACHERS
    pupil: Course = _PUPIL
    guessed: float = 0.35
    guess_weight: float = 0.5


QUICK = Recipe(teachers=(), pupil=_TEACHERS[0])  # a network that learns from annotated texts only, to measure sooner


def taught(material: Material, numbers: Iterable[int], recipe: Recipe) -> Weights:
    """The weights of a model that has seen no labels but those of the texts of these numbers."""
    labelled = cut(chosen(material, numbers), material.words, _WEIGHTS)
    features = material.words.features.shape[1]
    teachers = [
        learn(fresh(material.vectors, features, course.seed), labelled, material.words, course)
        for course in recipe.teachers
    ]
    guessed = guesses(teachers, material, recipe)
    start = fresh(material.vectors, features, recipe.pupil.seed)
    return styled(learn(start, [*labelled, *guessed], material.words, recipe.pupil))


def chosen(material: Material, numbers: Iterable[int]) -> list[Example]:
    """The examples of these numbers, and those with other names; of the old ones a share."""
    random = np.random.default_rng(0)
    found: list[Example] = []
    for number in numbers:
        one = material.examples[number]
        named = bool((one.labels != UNMARKED).any())
        share = (_OLD_WITH_NAMES if named else _OLD_WITHOUT) if one.source in _OLD else 1.0
        if one.words and random.random() < share:
            found += [one, *material.renamed[number]]
    return found


def guesses(teachers: Sequence[Weights], material: Material, recipe: Recipe) -> list[Piece]:
    """Pieces of the plain texts with the labels that the teachers think likely."""
    random = np.random.default_rng(0)
    if not teachers:
        return []
    read = [one for one in material.plain if random.random() < share(one, recipe)]
    given = cut(read, material.words, {})
    likely = probabilities(teachers, given, material.words, STYLES)
    return [
        one._replace(likely=each * (one.rows > 0)[:, None], weight=recipe.guess_weight)
        for one, each in zip(given, likely, strict=True)
    ]


def share(one: Example, recipe: Recipe) -> float:
    """News are all read, of the long articles of the encyclopaedia a share."""
    return recipe.guessed if one.source == "encyclopaedia" else 1.0


def styled(weights: Weights) -> Weights:
    """The weights with the mean of the styles built in."""
    rows = np.array([SOURCES.index(style) for style in STYLES])
    return {
        **weights,
        "b2": weights["b2"] + weights["S"][rows].mean(0),
        "bo": weights["bo"] + weights["So"][rows].mean(0),
    }
