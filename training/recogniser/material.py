"""All that is learned from, read and counted once."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer.recognition.word_lists import WordLists
from training.recogniser.batches import Table, table
from training.recogniser.beginnings import beginnings
from training.recogniser.examples import Example, example, named_words, silver_example, vocabulary
from training.recogniser.lists import common_nouns, knowledge
from training.recogniser.made_up import made_up
from training.recogniser.renaming import names, renamed
from training.recogniser.sources import Text, read_all, silver
from training.recogniser.vectors import given_vectors

TIMES = {"germeval": 3, "smartdata-news": 2}  # small sets that are most like the news are read more often
_KNOWN_WORDS = 120_000
_FEWEST = 2  # occurrences of a word of the vocabulary


@dataclass(frozen=True)
class Material:
    """Annotated texts, the examples made of each, also with other names, the documents that the teacher labelled,
    made-up sentences, and what is known of words."""

    texts: list[Text]
    examples: list[Example]
    renamed: list[list[Example]]
    silver: list[Example]
    made_up: list[Example]
    vocabulary: list[str]
    vectors: NDArray[np.float32]
    lists: WordLists
    words: Table


def gathered(data: Path) -> Material:
    """The material in a folder with ner/ and lexicon/; takes some minutes, the first time more."""
    texts = read_all(data)
    examples = [example(text) for text in texts]
    others = [other_names(one, number) for number, one in enumerate(examples)]
    labelled = [silver_example(document) for document in silver(data)]
    labelled += beginnings(labelled)
    invented = made_up(names(), *common_nouns(data, named_words(labelled)))
    known = vocabulary([*labelled, *examples], _KNOWN_WORDS, _FEWEST)
    lists = knowledge(data)
    words = table([*labelled, *examples, *invented, *chain(*others)], known, lists)
    return Material(texts, examples, others, labelled, invented, known, given_vectors(known), lists, words)


def other_names(one: Example, number: int) -> list[Example]:
    """An example as often as TIMES says beyond the first, each time with other names."""
    return [renamed(one, seed=number * 10 + time) for time in range(1, TIMES.get(one.source, 1))]
