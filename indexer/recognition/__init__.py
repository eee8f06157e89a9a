"""Where does a German text name persons, places and organisations? Named-entity recognition by a small network.

A text becomes tokens (tokens.py), a token features (word_features.py, word_lists.py), and the network scores the labels
of each token in its context (network.py). The best sequence of labels (labels.py) is made consistent within its text
(consistency.py) and gives the names (inference.py). Nothing is loaded before the first text. The network was trained by
training.recogniser; data/README.md is the model's card.
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
    from indexer.recognition.inference import predict
    from indexer.recognition.network import shipped_network  # these load NumPy and the model

    return predict(texts, shipped_network())
