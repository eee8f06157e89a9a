"""All that is learned from, read and counted once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer.recognition.word_lists import WordLists
from training.recogniser.batches import Table, table
from training.recogniser.examples import Example, example, unlabelled, vocabulary
from training.recogniser.lists import knowledge
from training.recogniser.renaming import renamed
from training.recogniser.sources import Text, read_all, rows
from training.recogniser.vectors import learned

PLAIN = ("wikinews", "derstandard", "encyclopaedia")
TIMES = {"germeval": 3, "smartdata-news": 2}  # small sets that are most like the news are read more often
_KNOWN_WORDS = 60_000
_FEWEST = 3  # occurrences of a word of the vocabulary


@dataclass(frozen=True)
class Material:
    """Annotated texts, the examples made of each, also with other names, plain texts, and what is known of words."""

    texts: list[Text]
    examples: list[Example]
    renamed: list[list[Example]]
    plain: list[Example]
    vocabulary: list[str]
    vectors: NDArray[np.float32]
    lists: WordLists
    words: Table


def gathered(data: Path) -> Material:
    """The material in a folder with ner/, news/ and lexicon/; takes some minutes."""
    texts = read_all(data)
    examples = [example(text) for text in texts]
    plain = [one for name in PLAIN for one in unlabelled(_articles(data / f"news/{name}.jsonl.gz"), name)]
    others = [other_names(one, number) for number, one in enumerate(examples)]
    everything = [*plain, *examples]
    known = vocabulary(everything, _KNOWN_WORDS, _FEWEST)
    lists = knowledge(data)
    words = table([*everything, *chain(*others)], known, lists)
    return Material(texts, examples, others, plain, known, learned(everything, known), lists, words)


def _articles(path: Path) -> Iterator[str]:
    for article in rows(path):
        yield f"{article['title']}\n{article['body']}" if article["title"] else article["body"]


def other_names(one: Example, number: int) -> list[Example]:
    """An example as often as TIMES says beyond the first, each time with other names."""
    return [renamed(one, seed=number * 10 + time) for time in range(1, TIMES.get(one.source, 1))]
