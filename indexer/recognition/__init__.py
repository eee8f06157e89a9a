"""Which persons, places and organisations does a German text name? A small network, trained by training.recogniser.

Words become vectors (vectors.py, from their looks: words.py, and from open lists: lists.py), the network gives each
word in its neighbourhood scores for labels (network.py), the best row of labels (labels.py) makes names (reading.py).
Nothing is loaded before the first text. data/README.md is the model's card.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files

from indexer.recognition.span import Span

__all__ = ["MODEL", "Span", "recognise", "recognise_all"]

MODEL = files("indexer.recognition").joinpath("data/model.txt").read_text(encoding="ascii").strip()
"""The name of the model; another one may find other names."""


def recognise(text: str) -> tuple[Span, ...]:
    """The names in a text, in order; no two overlap, none is empty. Takes about 10 µs for a word."""
    return recognise_all([text])[0]


def recognise_all(texts: Sequence[str]) -> list[tuple[Span, ...]]:
    """The names in each of the texts, the same as those of `recognise`; many texts at once are faster."""
    from indexer.recognition.network import network  # these load NumPy and the model
    from indexer.recognition.reading import read_all

    return read_all(texts, network())
