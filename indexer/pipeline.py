"""How do documents get into the archive? Read, annotate, analyse, put, report.

The main job of the indexer, in the order of a document's way. A bad document is reported and passed
over; an article whose content is known is passed over before the expensive steps.
"""

from __future__ import annotations

import os
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from indexer.authority import AliasesInEffect, settle
from indexer.entities import ANNOTATION_VERSION
from indexer.errors import IndexNotWritten, OutOfMemory, Problem, Stopped
from indexer.problem_limits import Repetitions
from indexer.readers import read_document
from indexer.report import Report
from indexer.resolution.aliases import NO_ALIASES, Aliases, read_aliases
from indexer.sources import STDIN, Document, find_documents
from indexer.workers import Fingerprinted, make_entries
from search.article import Article
from search.engines.base import Entry
from search.store.writing import ArchiveWriter, Change, write_archive

ALIASES = "aliases.toml"
# Starting a worker process takes as long as making entries of about this many bytes.
BYTES_WORTH_A_WORKER = 4_000_000

# Bytes read of all documents, articles read, and whether there are no more: a packed file is at its end long before.
Progress = Callable[[int, int, bool], None]


@dataclass(frozen=True, slots=True)
class Job:
    """What to index and where to; `jobs` 0 leaves the number of processes to the amount of work.

    Without `entities`, only names that documents declare are kept. `aliases` is a file of names that
    the newsroom fixed; by default that of the index directory, if there is one.
    """

    sources: tuple[str, ...]
    directory: Path
    engine: str | None = None
    jobs: int = 0
    rebuild: bool = False
    prune: bool = False
    entities: bool = True
    aliases: Path | None = None

    def known_aliases(self) -> Aliases | None:
        """The aliases to name entities by, None if no entities are to be found. Raises AliasesUnreadable."""
        if not self.entities:
            return None
        path = self.aliases or self.directory / ALIASES
        return read_aliases(path) if self.aliases or path.exists() else NO_ALIASES


def index(job: Job, stdin: BinaryIO | None = None, progress: Progress | None = None) -> Report:
    """Bring the archive up to date with the documents of a job.

    Raises what `write_archive` raises, AliasesUnreadable, and IndexNotWritten, OutOfMemory, WorkersDied or Stopped for
    what ends a run from outside; whatever is wrong with documents stands in the report.
    """
    started = time.perf_counter()
    aliases = job.known_aliases()
    report = Report()
    found = find_documents(job.sources)
    documents = [item for item in found if isinstance(item, Document)]
    report.problems += [item for item in found if isinstance(item, Problem)]
    report.documents = len(documents)
    with _told(job), write_archive(job.directory, job.engine, job.rebuild) as writer, _interruptible(job, writer):
        fixed = AliasesInEffect(writer, aliases) if aliases is not None else None
        if fixed:
            fixed.begin()
        run = _Run(writer, report, progress, aliases)
        run.put_all(documents, stdin, job.jobs or _worthwhile_jobs(documents))
        if job.prune:
            run.prune(job.sources)
        writer.checkpoint()
        if fixed:
            renamed = fixed.resolve_again(job.jobs or os.cpu_count() or 1)
            report.renamed = len(renamed | settle(writer, fixed.aliases, anew=fixed.differ))
            fixed.end()
        report.articles = writer.count()
    report.seconds = time.perf_counter() - started
    return report


@contextmanager
def _told(job: Job) -> Iterator[None]:
    """What ends a run from outside, told in a sentence: a full disk, no memory, Ctrl-C."""
    try:
        yield
    except OSError as error:  # of the index: those of documents stand in the report
        raise IndexNotWritten(job.directory, error) from error
    except MemoryError:
        raise OutOfMemory(f"writing the index in {job.directory}") from None
    except KeyboardInterrupt:
        raise Stopped(None) from None


@contextmanager
def _interruptible(job: Job, writer: ArchiveWriter) -> Iterator[None]:
    """Have Ctrl-C say what was kept; a rebuild shows nothing before its end."""
    try:
        yield
    except KeyboardInterrupt:
        raise Stopped(None if job.rebuild else writer.count()) from None


def _worthwhile_jobs(documents: Sequence[Document]) -> int:
    """As many processes as there are cores, unless there is too little to do."""
    packed = sum(document.size * (3 if document.compressed else 1) for document in documents)
    return max(1, min(os.cpu_count() or 1, packed // BYTES_WORTH_A_WORKER))


class _Run:
    """One run over documents, and what it has seen."""

    def __init__(
        self, writer: ArchiveWriter, report: Report, progress: Progress | None, aliases: Aliases | None
    ) -> None:
        self.writer = writer
        self.aliases = aliases
        # An article must be put again when its names would be others, too.
        self.annotation = "declared" if aliases is None else ANNOTATION_VERSION
        self.report = report
        self.progress = progress or (lambda _bytes, _articles, _all: None)
        self.seen: dict[str, str] = {}  # id -> the document it was read from
        self.repetitions = Repetitions()
        self.read = 0  # articles
        self.bytes = 0
        self.changes: deque[Change] = deque()  # what putting each article that is being prepared would be, in order
        self.put: set[str] = set()

    def put_all(self, documents: Sequence[Document], stdin: BinaryIO | None, jobs: int) -> None:
        """Put every changed article of the documents."""
        with closing(make_entries(self._changed(documents, stdin), jobs, self.aliases)) as entries:
            for entry in entries:
                change = self.changes.popleft()
                if isinstance(entry, Problem):
                    self.report.problems.append(entry)
                    continue
                self._put(entry, change)
                self.writer.checkpoint_if_due()

    def _put(self, entry: Entry, change: Change) -> None:
        """Put an entry, and count it now that it is in."""
        self.writer.put_entry(entry)
        self.report.count("replaced" if entry.id in self.put else change)
        self.put.add(entry.id)

    def _changed(self, documents: Sequence[Document], stdin: BinaryIO | None) -> Iterator[Fingerprinted]:
        """The articles that are new or different, with their fingerprints."""
        for document in documents:
            for item in read_document(document, stdin, self._advance):
                if isinstance(item, Problem):
                    self.report.problems.append(item)
                elif fingerprint := self._fingerprint_if_changed(item, document):
                    yield item, fingerprint
                self.progress(self.bytes, self.read, False)
        self.report.problems += self.repetitions.rest()
        self.progress(self.bytes, self.read, True)

    def _advance(self, count: int) -> None:
        self.bytes += count

    def _fingerprint_if_changed(self, article: Article, document: Document) -> str | None:
        """The fingerprint of an article if it has to be put, else None, and it is counted."""
        self.read += 1
        fingerprint = f"{article.fingerprint()}:{self.annotation}"
        again = self.seen.get(article.id)
        self.seen[article.id] = article.document
        if again is not None:
            self.report.problems += self.repetitions.note(_same_id(article, document, again))
        change = self.writer.change(article.id, fingerprint)
        if change == "unchanged" and again is None:
            self.report.count(change)
            return None
        self.changes.append("replaced" if change == "unchanged" else change)
        return fingerprint

    def prune(self, sources: Sequence[str]) -> None:
        """Remove the articles of these sources whose document, or whose place in it, is gone.

        What could not be read is not gone: articles of a document with a failure stay.
        """
        self.writer.checkpoint()
        roots = [os.path.abspath(source) for source in sources if source != STDIN]
        unread = [os.path.abspath(problem.document) for problem in self.report.failures]
        read = Counter(self.seen.values())
        for document, count in self.writer.documents():
            if not _is_below(document, roots) or _is_below(document, unread) or read[document] == count:
                continue
            for id in self.writer.ids_of(document):
                if self.seen.get(id) != document:
                    self.writer.delete(id)
                    self.report.removed += 1


def _same_id(article: Article, document: Document, before: str) -> Problem:
    message = f"the id {article.id!r} was already used in {before}; this later article replaces it"
    return Problem(document.name, None, message, fatal=False)


def _is_below(path: str, roots: Sequence[str]) -> bool:
    return any(path == root or path.startswith(root.rstrip(os.sep) + os.sep) for root in roots)
