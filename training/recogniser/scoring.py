"""How many names are found, and how many of those found are names? Strict: both ends and the type must be right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from indexer.recognition import Span
from indexer.recognition.labels import TYPES
from training.recogniser.sources import Text


@dataclass
class Score:
    """Counts by type, and of all together under the name "all"."""

    right: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    marked: Counter[str] = field(default_factory=Counter)

    def add(self, text: Text, spans: Iterable[Span]) -> None:
        """Counts the spans found in a text."""
        marked = {Span(name.start, name.end, TYPES[name.type]) for name in text.names if name.type in TYPES}
        found = set(spans)
        for counts, names in ((self.right, marked & found), (self.found, found), (self.marked, marked)):
            counts.update(name.type for name in names)
            counts["all"] += len(names)

    def measures(self, type: str) -> tuple[float, float, float]:
        """Precision, recall and F1."""
        precision = self.right[type] / max(1, self.found[type])
        recall = self.right[type] / max(1, self.marked[type])
        return precision, recall, 2 * self.right[type] / max(1, self.found[type] + self.marked[type])

    def row(self, title: str) -> str:
        """A row of a Markdown table: all, then each type, as F1 (precision/recall)."""
        cells = [self.measures(type) for type in ("all", *TYPES.values())]
        return f"| {title} | " + " | ".join(f"{f:.3f} ({p:.3f}/{r:.3f})" for p, r, f in cells) + " |"


HEAD = "| measured on | all: F1 (precision/recall) | person | place | organisation |\n|---|---|---|---|---|"


def scored(texts: Sequence[Text], found: Sequence[Sequence[Span]]) -> Score:
    """The score of what was found in some texts."""
    score = Score()
    for text, spans in zip(texts, found, strict=True):
        score.add(text, spans)
    return score
