"""How do documents get into the archive? Read, annotate, analyse, put, report.

The main job of the indexer, in the order of a document's way. A bad document is reported and passed
over; an article whose content is known is passed over before the expensive steps.
"""

from __future__ import annotations

import os
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from indexer.addresses import meaningless_differences
from indexer.changes import Changed, Changes
from indexer.document import STDIN, Document, Mapping, file_of
from indexer.documents import Documents
from indexer.entities import ANNOTATION_VERSION
from indexer.errors import IndexNotWritten, OutOfMemory, Problem, Stopped
from indexer.items import Item, PassedOver, Withdrawn
from indexer.ledger import Contents, Ledger, Reading
from indexer.mapping import FILE
from indexer.readers import read_document
from indexer.reading import read_all
from indexer.report import Report
from indexer.resolution.aliases import NO_ALIASES, Aliases, read_aliases
from indexer.sources import Found, find_documents
from indexer.workers import Fingerprinted, entry_workers, make_entries
from search.article import Article
from search.engines.base import Entry
from search.heap import keep_for_more
from search.store.place import Place
from search.store.places import place_of
from search.store.writing import ArchiveWriter, Change, write_archive
from search.worker_pool import WorkerPool

# Documents, and articles of one, that the archive is asked about together; what is longer takes memory.
LOOKED_UP_TOGETHER, ITEMS_TOGETHER, CHARACTERS_TOGETHER = 500, 100, 1_000_000
OUTDATED = "older version of an article"  # that is passed over
# Starting a worker process takes as long as making entries of about this many bytes.
BYTES_WORTH_A_WORKER = 4_000_000
# Articles read in a run after which its processes are not kept for those that are put again: the memory of what they
# have learned is needed for counting words, and learning it again is a hundredth of what has been done.
MOST_FOR_KEEPING_WORKERS = 50_000

# Bytes read of all documents, how many they have, articles read, and whether there are no more: a packed file is at its
# end long before.
Progress = Callable[[int, int, int, bool], None]
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Job:
    """What to index and where to; `jobs` 0 leaves the number of processes to the amount of work.

    Without `entities`, only names that documents declare are kept. `aliases` is a file of names that
    the newsroom fixed; by default that of the index directory, if there is one, and in a cluster those in
    effect. `mapping` says which keys of JSON and CSV mean ours. `only` are the absolute paths to which the run
    is confined, none for all.
    """

    sources: tuple[str, ...]
    address: str | Path
    engine: str | None = None
    jobs: int = 0
    rebuild: bool = False
    prune: bool = False
    entities: bool = True
    aliases: Path | None = None
    mapping: Mapping = ()
    only: frozenset[str] = frozenset()

    @property
    def place(self) -> Place:
        """Where the index lies. Raises SettingUnusable for an address that makes no sense."""
        return place_of(self.address)

    def known_aliases(self) -> Aliases | None:
        """The aliases to name entities by, None for those in effect. Raises AliasesUnreadable."""
        path = self.aliases or self.place.aliases
        if path is None:
            return None
        return read_aliases(path) if self.aliases or path.exists() else NO_ALIASES


def index(
    job: Job, stdin: BinaryIO | None = None, progress: Progress | None = None, tell: Tell | None = None
) -> Report:
    """Bring the archive up to date with the documents of a job; `tell` is told beforehand what takes long.

    Raises what `write_archive` raises, AliasesUnreadable, SettingUnusable, and IndexNotWritten, OutOfMemory,
    WorkersDied or Stopped for what ends a run from outside; whatever is wrong with documents stands in the report.
    """
    started = time.perf_counter()
    known = job.known_aliases() if job.entities else None
    report = Report()
    documents = _documents(job, report)
    report.documents = len(documents)
    place = job.place
    keep_for_more()
    meaningless_differences()  # a setting that cannot be used is no fault of any document
    with (
        _told(job),
        write_archive(job.address, job.engine, job.rebuild) as writer,
        _interruptible(job, writer),
        # Where several build anew on one machine, what one has noted is good for all.
        closing(Ledger(place.local, anew=job.rebuild and not place.is_shared)) as ledger,
        entry_workers(job.jobs or os.cpu_count() or 1) as workers,
    ):
        from indexer.authority import AliasesInEffect, aliases_in_effect, settle  # NumPy: what it lacks is told here

        if tell and writer.families_unknown:
            tell(f"Looks for copies among all {writer.count():,} articles of the index, which is done once.")
        aliases = (known or aliases_in_effect(writer)) if job.entities else None
        fixed = AliasesInEffect(writer, aliases) if aliases is not None else None
        if fixed:
            fixed.begin()
        run = _Run(writer, ledger, documents, report, progress, aliases)
        workers.want(job.jobs or _worthwhile_jobs(documents))
        run.put_all(stdin, workers)
        if run.read > MOST_FOR_KEEPING_WORKERS:
            workers.rest()
        run.withdraw()
        if job.prune:
            run.prune(job.sources, job.only)
        writer.checkpoint()
        if fixed:
            renamed = fixed.resolve_again(workers)
            report.renamed = len(renamed | settle(writer, fixed.aliases, workers, anew=fixed.differ))
            fixed.end()
            if fixed.differ:
                writer.list_names_anew()
        ledger.save()
        report.problems += [ledger.trouble] if ledger.trouble else []
        report.articles = writer.count()
    report.seconds = time.perf_counter() - started
    return report


def _documents(job: Job, report: Report) -> Documents:
    """The documents of a job; what is found beside them is told in the report."""
    documents = Documents()
    for item in find_documents(job.sources, job.mapping):
        if not _is_wanted(item, job.only):
            continue
        if isinstance(item, Document):
            documents.append(item)
        elif isinstance(item, PassedOver):
            report.pass_over(item)
        else:
            report.problems.append(item)
    return documents


@contextmanager
def _told(job: Job) -> Iterator[None]:
    """What ends a run from outside, told in a sentence: a full disk, no memory, Ctrl-C."""
    try:
        yield
    except OSError as error:  # of the index: those of documents stand in the report
        raise IndexNotWritten(job.address, error) from error
    except ModuleNotFoundError:  # a broken installation, which no memory mends
        raise
    except (MemoryError, ImportError):  # a library that finds no room for itself fails to be imported
        raise OutOfMemory(f"writing the index in {job.address}") from None
    except KeyboardInterrupt:
        raise Stopped(None) from None


@contextmanager
def _interruptible(job: Job, writer: ArchiveWriter) -> Iterator[None]:
    """Have Ctrl-C say what was kept; a rebuild shows nothing before its end."""
    try:
        yield
    except KeyboardInterrupt:
        raise Stopped(None if job.rebuild else writer.count()) from None


def _is_wanted(item: Found, only: frozenset[str]) -> bool:
    """Whether what was found lies at or below one of these paths, if there are any."""
    if not only:
        return True
    path = item.location if isinstance(item, Document) else os.path.abspath(item.document)
    return path in only or any(str(folder) in only for folder in Path(path).parents)


def _worthwhile_jobs(documents: Sequence[Document]) -> int:
    """As many processes as there are cores, unless there is too little to do."""
    packed = sum(document.size * (3 if document.compressed else 1) for document in documents)
    return max(1, min(os.cpu_count() or 1, packed // BYTES_WORTH_A_WORKER))


class _Run:
    """One run over documents, and what it has seen."""

    def __init__(
        self,
        writer: ArchiveWriter,
        ledger: Ledger,
        documents: Documents,
        report: Report,
        progress: Progress | None,
        aliases: Aliases | None,
    ) -> None:
        self.writer = writer
        self.ledger = ledger
        self.documents = documents
        self.aliases = aliases
        # An article must be put again when its names would be others, too.
        self.articles = Changes(writer, "declared" if aliases is None else ANNOTATION_VERSION, documents)
        self.report = report
        self.progress = progress
        self.total = documents.bytes
        self.withdrawn = ledger.withdrawn()
        self.known: dict[str, Contents] = {}  # what documents hold that need not be read, by their location
        self.asked = 0  # how many documents were asked for whether they are known; all are, in their order
        self.read = 0  # articles
        self.bytes = 0
        self.changes: deque[Change] = deque()  # what putting each article that is being prepared would be, in order

    def put_all(self, stdin: BinaryIO | None, workers: WorkerPool) -> None:
        """Put every changed article of the documents."""
        with closing(make_entries(self._changed(stdin, workers.jobs), workers, self.aliases)) as entries:
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
        self.report.count("replaced" if self.articles.seen.is_put(entry.id) else change)
        self.articles.note_put(entry.id)

    def _changed(self, stdin: BinaryIO | None, jobs: int) -> Iterator[Fingerprinted]:
        """The articles that are new or different, with their fingerprints."""
        with closing(read_all(self.documents, self._is_known, stdin, self._advance, jobs)) as outcomes:
            for place, items in outcomes:
                document = self.documents[place]
                self.articles.begin(place)
                if items is None and not self._left(document):
                    items = read_document(document, stdin)
                yield from self._changed_of(document, items or ())
        for changed in self.articles.rest():
            yield self._sent(changed)
        self.report.problems += self.articles.problems()
        self.report.same_texts, self.report.same_text = self.articles.same_texts, self.articles.same_text
        self._tell(is_all=True)

    def _is_known(self, document: Document) -> bool:
        """Whether a document holds what it held, and the archive has all of that."""
        if self.asked % LOOKED_UP_TOGETHER == 0:
            several = self.documents[self.asked : self.asked + LOOKED_UP_TOGETHER]
            self.writer.look_up(self.ledger.ids(several))
        self.asked += 1
        contents = self.ledger.contents(document)
        if contents is None or not self.articles.are_unchanged(contents.articles, self.withdrawn):
            return False
        self.known[document.location] = contents
        return True

    def _left(self, document: Document) -> bool:
        """Leave a document unread that is known, unless an article of this run has replaced one of it meanwhile."""
        contents = self.known.pop(document.location)
        if not self.articles.are_unchanged(contents.articles, self.withdrawn):
            return False
        self.report.problems += self.articles.leave(contents.articles, document)
        self.report.unchanged += len(contents.articles)
        self.read += len(contents.articles)
        self.withdrawn.update(contents.withdrawn)
        for kind, extra, number in contents.passed_over:
            self.report.pass_over(PassedOver(document.name, kind, extra), number)
        self._tell()
        return True

    def _changed_of(self, document: Document, items: Iterable[Item]) -> Iterator[Fingerprinted]:
        """The new and different articles of a document that is read; what it holds is noted when all of it is."""
        reading = Reading()
        for item in self._looked_up(items):
            if not isinstance(item, Article):
                reading.note(item)
                self._note(item)
            else:
                if changed := self._judged(item, document, reading):
                    yield self._sent(changed)
            self._tell()
        for changed in self.articles.end():
            yield self._sent(changed)
        self.ledger.note(document, reading)

    def _looked_up(self, items: Iterable[Item]) -> Iterator[Item]:
        """The items of a document, some at a time, whose articles are looked up together."""
        several: list[Item] = []
        characters = 0
        for item in items:
            several.append(item)
            characters += len(item.body) if isinstance(item, Article) else 0
            if len(several) == ITEMS_TOGETHER or characters > CHARACTERS_TOGETHER:
                self.writer.look_up(one.id for one in several if isinstance(one, Article))
                yield from several
                several, characters = [], 0
        self.writer.look_up(one.id for one in several if isinstance(one, Article))
        yield from several

    def _judged(self, article: Article, document: Document, reading: Reading) -> Changed | None:
        """The article if it has to be put; else it is counted, or waits. It is noted as one of the document."""
        self.read += 1
        self.report.undated += article.date is None
        fingerprint = article.fingerprint()
        reading.add(article.id, fingerprint)
        if article.id in self.withdrawn:
            self.articles.note_withdrawn(article.id)
            return None
        found, problems = self.articles.of(article, fingerprint, document)
        self.report.problems += problems
        if found == "unchanged":
            self.report.count(found)
        elif found == "outdated":
            self.report.pass_over(PassedOver(document.name, OUTDATED))
        return found if isinstance(found, Changed) else None

    def _sent(self, changed: Changed) -> Fingerprinted:
        self.changes.append(changed.change)
        return changed.article, changed.fingerprint

    def _note(self, item: Problem | PassedOver | Withdrawn) -> None:
        """Note what came of a document that is no article."""
        if isinstance(item, Problem):
            self.report.problems.append(item)
        elif isinstance(item, PassedOver):
            self.report.pass_over(item)
        else:
            self.withdrawn.add(item.id)

    def _advance(self, count: int) -> None:
        self.bytes += count

    def _tell(self, is_all: bool = False) -> None:
        if self.progress:
            self.progress(self.bytes, self.total, self.read, is_all)

    def withdraw(self) -> None:
        """Remove the articles that documents of this run take back, in whatever order they came."""
        if gone := sorted(filter(self.writer.has, self.withdrawn)):
            self.writer.checkpoint()
        for id in gone:
            self.writer.delete(id)
        self.report.removed += len(gone)

    def prune(self, sources: Sequence[str], only: frozenset[str]) -> None:
        """Remove the articles of these sources, or of `only` these paths, whose document or place in it is gone.

        What could not be read is not gone: articles of a document with a failure stay.
        """
        self.writer.checkpoint()
        roots = sorted(only) or [os.path.abspath(source) for source in sources if source != STDIN]
        names = [*(problem.document for problem in self.report.failures), *self.report.unread]
        unread = [os.path.abspath(path) for name in names for path in {name, file_of(name), _says_for(name)}]
        read = Counter({self.documents[place].location: number for place, number in self.articles.seen.count().items()})
        for document, count in self.writer.documents():
            if not _is_below(document, roots) or _is_below(document, unread) or read[document] == count:
                continue
            for id in self.writer.ids_of(document):
                place = self.articles.seen.place(id)
                if place is None or self.documents[place].location != document:
                    self.writer.delete(id)
                    self.report.removed += 1
            self.ledger.drop(document)


def _says_for(name: str) -> str:
    """The folder for which a file of a mapping speaks; any other document for itself."""
    folder, file = os.path.split(name)
    return (folder or ".") if file == FILE else name


def _is_below(path: str, roots: Sequence[str]) -> bool:
    return any(path == root or path.startswith(root.rstrip(os.sep) + os.sep) for root in roots)
