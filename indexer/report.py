"""What became of the documents? Counted while indexing, told at its end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from indexer.errors import Problem, one_line
from indexer.formats.table import installation
from indexer.items import PassedOver


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
    # How many documents of each kind were not read, and the extra that would read them or "".
    passed_over: Counter[tuple[str, str]] = field(default_factory=Counter)
    unread: list[str] = field(default_factory=list)  # names of documents that another installation may have read
    same_texts: int = 0  # articles whose text another one has
    undated: int = 0  # articles that were read and have no day
    same_text: tuple[str, str] | None = None  # the ids of the first two

    def pass_over(self, item: PassedOver, number: int = 1) -> None:
        """Count a document that is not read, or so many members of one."""
        self.passed_over[item.kind, item.extra] += number
        if item.extra:
            self.unread.append(item.document)

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
            "undated": self.undated,
            "same_texts": self.same_texts,
            "passed_over": {kind: number for (kind, _), number in self._kinds()},
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
        for extra in dict.fromkeys(extra for (_, extra), _ in self._kinds()):
            yield self._passed_over(extra)
        if self.undated:
            told = "1 article has" if self.undated == 1 else f"{self.undated:,} articles have"
            yield f"{told} no day: neither the text nor the name of the file tells one."
        if self.same_text:
            first, other = self.same_text
            told = "1 article has" if self.same_texts == 1 else f"{self.same_texts:,} articles have"
            yield one_line(f"{told} the text of another one, as {other} has that of {first}.")
        if self.failures:
            yield f"{_count(len(self.failures), 'failure')}: what is named above was not indexed, everything else was."

    def _kinds(self) -> list[tuple[tuple[str, str], int]]:
        """What was passed over, what an extra would read first, the most frequent kind first."""
        return sorted(self.passed_over.items(), key=lambda item: (not item[0][1], -item[1], item[0]))

    def _passed_over(self, extra: str) -> str:
        kinds = [(kind, number) for (kind, other), number in self._kinds() if other == extra]
        told = ", ".join(f"{number:,} {kind}" for kind, number in kinds)
        remedy = f" without the extra `{extra}`: {installation(extra)}" if extra else ""
        return one_line(f"Passed over {_count(sum(number for _, number in kinds), 'document')}: {told}{remedy}.")


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _problem_json(problem: Problem) -> dict[str, Any]:
    return {"document": problem.document, "line": problem.line, "message": problem.message}
