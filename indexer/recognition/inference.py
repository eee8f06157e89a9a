"""Which names does the network find in texts? Words become scores, scores labels, and labels spans."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from indexer.recognition.consistency import agreed, consistent, extended_past_particles
from indexer.recognition.labels import FIRST_OF_NAMES, IMPOSSIBLE, TYPES, labelled_names
from indexer.recognition.network import Matrix, Network
from indexer.recognition.span import Span
from indexer.recognition.tokens import Tokens, tokenise
from indexer.recognition.truecasing import FEWEST_ALL_CAPS, is_all_caps, truecased
from indexer.recognition.viterbi import best_paths
from indexer.recognition.word_features import clipped

PADDING = 4  # rows between texts: more than the network reaches, so no text changes the names of another
_TOGETHER = 400_000  # characters at once
_AROUND = frozenset("\"'„“”»«›‹‚‘’.,;:-–#@*/|")  # no part of a name at its ends; a bracket may be
_TITLES = frozenset("Dr. Dr Prof. Prof Professor Professorin Herr Herrn Frau Dipl.-Ing. Mag. Sir".split())


def predict(texts: Sequence[str], network: Network) -> list[tuple[Span, ...]]:
    """The names that a network finds in each text; one as long as a book is read in pieces, each as a text of its own.

    The names of 15 MB in one article take 250 MB so, not 1.3 GB.
    """
    parted = [list(_pieces(text)) for text in texts]
    found = (
        spans
        for batch in _batches([piece for pieces in parted for piece in pieces])
        for spans in _predict(batch, network)
    )
    return [tuple(_together(pieces, islice(found, len(pieces)))) for pieces in parted]


def _pieces(text: str) -> Iterator[str]:
    """The text in pieces of at most _TOGETHER characters, parted between lines, or else between words."""
    start = 0
    while len(text) - start > _TOGETHER:
        least, most = start + _TOGETHER // 2, start + _TOGETHER
        end = 1 + text.rfind("\n", least, most) or 1 + text.rfind(" ", least, most) or most
        yield text[start:end]
        start = end
    yield text[start:]


def _together(pieces: Sequence[str], found: Iterable[Sequence[Span]]) -> Iterator[Span]:
    start = 0
    for piece, spans in zip(pieces, found, strict=True):
        yield from (Span(start + span.start, start + span.end, span.type) for span in spans) if start else spans
        start += len(piece)


def _batches(texts: Sequence[str]) -> Iterator[list[str]]:
    """The texts in groups of about _TOGETHER characters."""
    batch: list[str] = []
    size = 0
    for text in texts:
        if batch and size + len(text) > _TOGETHER:
            yield batch
            batch, size = [], 0
        batch.append(text)
        size += len(text)
    if batch:
        yield batch


def _predict(texts: Sequence[str], network: Network) -> list[tuple[Span, ...]]:
    tokens = [tokenise(text) for text in texts]
    stream, places, starts = _stream(tokens, network.known)
    if not len(places):
        return [()] * len(texts)
    rows, words = stream
    lengths = [len(each.words) for each in tokens]
    scores = with_one_label_for_no_name(network.scores(words, rows)[places])
    scores = agreed(scores, _same_words(rows[places], words, lengths))
    labels = best_paths(np.round(scores, 3), starts, network.follow)
    ends = np.cumsum(lengths)
    return [
        tuple(_spans(text, each, labels[end - len(each.words) : end]))
        for text, each, end in zip(texts, tokens, ends, strict=True)
    ]


def _same_words(rows: NDArray[np.int32], words: Sequence[str], lengths: Sequence[int]) -> NDArray[np.int64]:
    """A number for each word of all texts, the same for the same one in the same text; -1 in small letters.

    `rows` are numbers of words from 1 on, `lengths` those of the texts in words.
    """
    begins_large = np.array([False, *(word[:1].isupper() for word in words)])
    numbers = np.repeat(np.arange(len(lengths)), lengths) * np.int64(len(words) + 1) + rows
    return np.where(begins_large[rows], numbers, -1)


def with_one_label_for_no_name(scores: Matrix) -> Matrix:
    """The scores with those of all labels that are no names summed in the first: what may be one of several things
    other than a name is no name, although each of them may be less likely than a name."""
    none = np.ascontiguousarray(scores[:, :FIRST_OF_NAMES].T)  # NumPy adds long rows faster than short ones
    most = none.max(axis=0)
    scores[:, 0] = most + np.log(np.exp(none - most).sum(axis=0))
    scores[:, 1:FIRST_OF_NAMES] = IMPOSSIBLE
    return scores


def _stream(
    tokens: Sequence[Tokens], known: Mapping[str, int]
) -> tuple[tuple[NDArray[np.int32], list[str]], NDArray[np.int64], NDArray[np.int64]]:
    """The rows of all words of all texts, padding between them, the distinct words, where the words are in the stream,
    and which words begin a sentence."""
    words = [word for each in tokens for word in each.words]
    before = np.cumsum([0, *(len(each.words) for each in tokens)])
    begins = (at + done for each, done in zip(tokens, before.tolist(), strict=False) for at in each.sentences)
    starts = np.fromiter(begins, np.int64)
    numbers = {word: number for number, word in enumerate(dict.fromkeys(words), 1)}
    rows = np.fromiter(map(numbers.__getitem__, words), np.int32, len(words))
    for begin, end in _in_capitals(rows, starts, list(numbers)):
        if is_all_caps(words[begin:end]):
            usual = (truecased(word, known) for word in words[begin:end])
            rows[begin:end] = [numbers.setdefault(word, len(numbers) + 1) for word in usual]
    places = np.arange(len(words)) + PADDING
    places += np.repeat(np.arange(len(starts)), np.diff(starts, append=len(words)))  # padding behind each sentence
    places += np.repeat(np.arange(len(tokens)) * (PADDING - 1), np.diff(before))  # and more behind each text
    stream = np.zeros((int(places[-1]) if len(places) else 0) + 1 + PADDING, np.int32)
    stream[places] = rows
    return (stream, [clipped(word) for word in numbers]), places, starts


def _in_capitals(rows: NDArray[np.int32], starts: NDArray[np.int64], words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The sentences, first word and end, that have so many words in capitals that all may be."""
    capitals = np.array([False, *(len(word) > 1 and word.isupper() for word in words)])
    counted = np.add.reduceat(capitals[rows], starts, dtype=np.int32) if len(starts) else starts
    ends = np.append(starts[1:], len(rows))
    few = counted < FEWEST_ALL_CAPS
    return zip(starts[~few].tolist(), ends[~few].tolist(), strict=True)


def _spans(text: str, tokens: Tokens, labels: NDArray[np.int8]) -> Iterator[Span]:
    """The names that the labels of the words of a text mean."""
    words = tokens.words
    for first, behind, type in labelled_names(consistent(words, extended_past_particles(words, labels))):
        while first < behind - 1 and (words[first] in _AROUND or words[first] in _TITLES):
            first += 1
        while first < behind - 1 and words[behind - 1] in _AROUND:
            behind -= 1
        start, end = tokens.starts[first], tokens.starts[behind - 1] + len(words[behind - 1])
        if any(map(str.isalpha, text[start:end])):
            yield Span(start, end, TYPES[type])
