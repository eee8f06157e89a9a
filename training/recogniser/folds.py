"""Which texts may teach a model that is measured on others? None of the same document."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from zlib import crc32

from training.recogniser.examples import Example
from training.recogniser.sources import Text

FOLDS = 5
MEASURED = ("germeval", "smartdata-news")
_RUN = 8  # words in a row that tell a text
_COMMON = 200  # a run in more texts than this tells nothing
_SHARE = 0.3  # of its runs, which a text has in common with another version of it
_SHORT = 20  # letters of a sentence that may stand in two documents by chance
_OLD = ("historical", "europeana")


def documents(texts: Sequence[Text]) -> list[int]:
    """A number for each text; truncated and repeated versions of a document have the same."""
    runs = [_runs(text.text) for text in texts]
    having: dict[int, list[int]] = defaultdict(list)
    for number, found in enumerate(runs):
        for run in found:
            having[run].append(number)
    parents = list(range(len(texts)))
    for number, found in enumerate(runs):
        for other in _versions(number, found, runs, having):
            parents[_root(parents, number)] = _root(parents, other)
    return [_root(parents, number) for number in range(len(texts))]


def _runs(text: str) -> set[int]:
    words = re.findall(r"\w+", text.lower())
    return {crc32(" ".join(words[at : at + _RUN]).encode()) for at in range(max(1, len(words) - _RUN + 1))}


def _versions(number: int, found: set[int], runs: list[set[int]], having: dict[int, list[int]]) -> list[int]:
    """The texts that share so many runs with a text that they are versions of it."""
    shared = Counter(other for run in found if len(having[run]) < _COMMON for other in having[run] if other != number)
    return [other for other, count in shared.items() if count >= _SHARE * min(len(found), len(runs[other]))]


def _root(parents: list[int], number: int) -> int:
    while parents[number] != number:
        parents[number] = parents[parents[number]]
        number = parents[number]
    return number


def divided(texts: Sequence[Text], fold: int) -> tuple[list[int], list[int]]:
    """The numbers of the texts to learn from and of those to measure on, in one of FOLDS folds."""
    modern = [number for number, text in enumerate(texts) if text.source not in _OLD]
    groups = dict(zip(modern, documents([texts[number] for number in modern]), strict=True))
    held = {number for number in modern if crc32(f"{groups[number]}".encode()) % FOLDS == fold}
    tested = [number for number in sorted(held) if texts[number].source in MEASURED]
    return without(texts, groups, tested), tested


def sharing_runs(texts: Sequence[Text], examples: Sequence[Example]) -> set[int]:
    """The numbers of the examples that have a run of words in common with one of the texts."""
    runs = set().union(*(_runs(text.text) for text in texts))
    return {number for number, one in enumerate(examples) if not runs.isdisjoint(_runs(" ".join(one.words)))}


def apart(texts: Sequence[Text], source: str) -> tuple[list[int], list[int]]:
    """The same for a set measured as a whole: no set of the same publisher is learned from."""
    family = ("germeval",) if source == "germeval" else ("smartdata", "mobie")
    taught = [number for number, text in enumerate(texts) if not text.source.startswith(family)]
    return taught, [number for number, text in enumerate(texts) if text.source == source]


def without(texts: Sequence[Text], groups: dict[int, int], tested: Sequence[int]) -> list[int]:
    """The texts whose document is not tested; of MobIE, whose texts are sentences, those in no tested document."""
    documents = {groups[number] for number in tested}
    letters = " ".join(texts[number].group for number in tested)
    return [
        number
        for number, text in enumerate(texts)
        if groups.get(number) not in documents
        and not (text.source == "mobie" and len(text.group) > _SHORT and text.group in letters)
    ]
