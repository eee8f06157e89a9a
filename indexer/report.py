"""What became of the documents? Counted while indexing, told at its end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from indexer.errors import Problem


@dataclass(slots=True)
class Report:
    """The outcome of one run; all but `seconds` are numbers of articles, documents or problems."""

    documents: int = 0
    added: int = 0
    replaced: int = 0
    unchanged: int = 0
    removed: int = 0
    renamed: int = 0  # whose names are called otherwise, by aliases or by the whole archive
    articles: int = 0  # in the index afterwards
    seconds: float = 0.0
    problems: list[Problem] = field(default_factory=list)

    def count(self, change: str) -> None:
        """Count one article that was added, replaced or left unchanged."""
        setattr(self, change, getattr(self, change) + 1)

    @property
    def read(self) -> int:
        """The number of articles that were read and could be prepared."""
        return self.added + self.replaced + self.unchanged

    @property
    def failures(self) -> list[Problem]:
        """The problems of which no article came."""
        return [problem for problem in self.problems if problem.fatal]

    @property
    def warnings(self) -> list[Problem]:
        """The problems that cost no article."""
        return [problem for problem in self.problems if not problem.fatal]

    def as_json(self) -> dict[str, Any]:
        """The report as `--json` prints it."""
        return {
            "documents": self.documents,
            "added": self.added,
            "replaced": self.replaced,
            "unchanged": self.unchanged,
            "removed": self.removed,
            "renamed": self.renamed,
            "articles": self.articles,
            "seconds": round(self.seconds, 2),
            "failures": [_problem_json(problem) for problem in self.failures],
            "warnings": [_problem_json(problem) for problem in self.warnings],
        }

    def lines(self) -> Iterator[str]:
        """The report for a person at a shell."""
        rate = self.read / self.seconds if self.seconds else 0
        yield f"Read {_count(self.documents, 'document')} in {self.seconds:.1f} s ({rate:,.0f} articles/s)."
        counts = {name: getattr(self, name) for name in ("added", "replaced", "unchanged", "removed")}
        counts |= {"renamed": self.renamed} if self.renamed else {}
        changes = ", ".join(f"{count:,} {name}" for name, count in counts.items())
        yield f"{changes}; the index holds {_count(self.articles, 'article')}."
        if self.failures:
            yield f"{_count(len(self.failures), 'failure')}: what is named above was not indexed, everything else was."


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _problem_json(problem: Problem) -> dict[str, Any]:
    return {"document": problem.document, "line": problem.line, "message": problem.message}
