"""tantivy-py as tantivy.py has it, and the names that a pipeline of spaCy finds in titles and texts.

It is spaCy's standard network for names, which has the size of that in its small models (width 96, depth 4). No German
model can be had from the package index, so this one is taught two sentences: it takes the time of a model, and has not
its quality.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import spacy
from spacy.training import Example

from bench.peers.engines.tantivy import Tantivy

LABELS = ("person", "place", "organisation")
TAUGHT = (
    ("Anna Ortmann sprach in Lübeck mit der Nordbank.",
     [(0, 12, "person"), (23, 29, "place"), (38, 46, "organisation")]),
    ("Die Hafenwerke AG verlässt Bremen, sagte Kurt Viersen.",
     [(4, 17, "organisation"), (27, 33, "place"), (41, 53, "person")]),
)  # fmt: skip
STEPS = 20


class Named(Tantivy):
    """The same with names that spaCy finds in titles and texts."""

    def version(self) -> str:
        return f"{super().version()}, spaCy {version('spacy')}"

    def create(self, directory: Path) -> None:
        """Make the directory, and the network, which a user has before."""
        super().create(directory)
        self._language = spacy.blank("de")
        finder = self._language.add_pipe("ner")
        for label in LABELS:
            finder.add_label(label)
        taught = [Example.from_dict(self._language.make_doc(text), {"entities": spans}) for text, spans in TAUGHT]
        self._language.initialize(lambda: taught)
        for _ in range(STEPS):
            self._language.update(taught)

    def named(self, articles: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        texts = ((f"{row.get('title', '')}\n\n{row['body']}", row) for row in articles)
        for document, row in self._language.pipe(texts, as_tuples=True):
            found = {label: sorted({name.text for name in document.ents if name.label_ == label}) for label in LABELS}
            yield {**row, "entities": found}


def peer(_variant: str) -> Named:
    """The peer."""
    return Named()
