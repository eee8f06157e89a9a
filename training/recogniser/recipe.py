"""From examples to a model: a network learns from annotated texts, a teacher's labels and made-up sentences."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import numpy as np

from training.recogniser.batches import SOURCES, cut
from training.recogniser.examples import UNMARKED, Example
from training.recogniser.folds import sharing_runs
from training.recogniser.learning import Course, Weights, fresh, learn
from training.recogniser.material import Material
from training.recogniser.narrowing import narrowed

STYLES = ("germeval", "smartdata-news")  # the annotators whose mean the model follows
_WEIGHTS = {"smartdata-rss": 0.3, "smartdata-tweet": 0.3, "mobie": 0.3, "historical": 0.25, "europeana": 0.25,
            "europarl": 0.5, "silver": 0.7}  # fmt: skip
LONG = "kw-"  # how the ids of the encyclopaedia's articles begin
_OLD = ("historical", "europeana")
_OLD_WITH_NAMES, _OLD_WITHOUT = 0.5, 0.125  # shares of the old texts that are read


@dataclass(frozen=True)
class Recipe:
    """How often everything is read, but of the teacher's articles of an encyclopaedia, which are most, a share."""

    rounds: int = 3
    share: float = 0.5


QUICK = Recipe(rounds=1, share=0.25)  # to measure sooner, and a little worse
COURSE = Course()


def taught(material: Material, numbers: Collection[int], recipe: Recipe) -> Weights:
    """The weights of a model that has seen no labels but those of the texts of these numbers, and of the teacher's
    documents that have nothing in common with the others."""
    always = [*chosen(material, numbers), *material.made_up]
    silver = apart_from(material, numbers)
    random = np.random.default_rng(0)
    read = [
        [*always, *(one for one in silver if not one.group.startswith(LONG) or random.random() < recipe.share)]
        for _ in range(recipe.rounds)
    ]
    rounds = [cut(examples, material.words, _WEIGHTS) for examples in read]
    weights = fresh(material.vectors, material.words.features.shape[1], COURSE.seed)
    return narrowed(styled(learn(weights, rounds, material.words, COURSE)), rounds[0], material.words)


def apart_from(material: Material, numbers: Collection[int]) -> list[Example]:
    """The teacher's documents that share no run of words with a text that is not among these."""
    taught = frozenset(numbers)
    others = [text for number, text in enumerate(material.texts) if number not in taught]
    shared = sharing_runs(others, material.silver)
    return [one for at, one in enumerate(material.silver) if at not in shared]


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


def styled(weights: Weights) -> Weights:
    """The weights with the mean of the styles built in, and no style of a source any more."""
    rows = np.array([SOURCES.index(style) for style in STYLES])
    return {
        **weights,
        "b2": weights["b2"] + weights["S"][rows].mean(0),
        "bo": weights["bo"] + weights["So"][rows].mean(0),
        "S": weights["S"] * 0,
        "So": weights["So"] * 0,
    }
