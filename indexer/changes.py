"""Which articles have to be put? Those that the archive has not as they are, and of one id the last that is read.

Two articles with one id would replace each other in every run, as each differs from what the other left. So an article
whose id the archive has from the same document waits for its end, and from one that is still to be read, for that one.

Agencies send an article again and again, with a version. An older one never replaces a newer one, in whatever order
they come: the version stands in the fingerprint that the archive keeps.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from typing import Literal

from indexer.document import Document
from indexer.errors import Problem
from indexer.packed_texts import PackedTexts
from indexer.problem_limits import Repetitions
from indexer.seen import Seen
from search.article import Article, version_of
from search.store.id_table import IdTable
from search.store.writing import ArchiveWriter, Change

MOST_WAITING = 10_000  # articles in memory; further ones are put at once
MOST_TEXTS = 200_000  # that are compared; each takes some sixty bytes of memory

Known = tuple[str, str]  # an id and the fingerprint of its article


@dataclass(frozen=True, slots=True)
class Changed:
    """An article that has to be put, the fingerprint to put it with, and what putting it will be."""

    article: Article
    fingerprint: str
    change: Change


class Changes:
    """What a run has read of its documents so far, against what the archive has.

    `annotation` tells how names are found: an article must be put again when they would be others. `seen` has the
    place of the document from which each id was read last.
    """

    def __init__(self, writer: ArchiveWriter, annotation: str, documents: Sequence[Document]) -> None:
        self.seen = Seen()
        self.same_texts = 0  # articles whose text another one has
        self.same_text: tuple[str, str] | None = None  # the ids of the first two with one text
        self._writer = writer
        self._annotation = annotation
        self._documents = documents
        self._place = 0  # of the document that is being read
        self._places: IdTable | None = None  # of the locations of all documents, made when it is needed
        self._waiting: dict[str, Changed] = {}  # for documents that are still to be read
        self._waiting_here: dict[str, Changed] = {}  # for the end of the document that is being read
        self._sent: dict[str, int] = {}  # the versions of articles that are being prepared
        self._texts = IdTable()  # the place of the first article of each text among these ids
        self._ids = PackedTexts()
        self._repetitions = Repetitions()

    def begin(self, place: int) -> None:
        """Note which of the documents is read from now on."""
        self._place = place

    def of(
        self, article: Article, content: str, document: Document
    ) -> tuple[Changed | Literal["unchanged", "waits", "outdated"], list[Problem]]:
        """The article as it has to be put, or why it has not to be; and a warning if its id was read before.

        `content` is the fingerprint of the article.
        """
        fingerprint = f"{content}:{self._annotation}"
        newest = self._newest(article) if article.version else 0
        if article.version < newest:
            return "outdated", []
        problems = self._note(article.id, document, is_newer=article.version > newest > 0)
        self._compare(article)
        self._no_longer_waits(article.id)  # this one is read later
        change = self._writer.change(article.id, fingerprint)
        if self.seen.is_sent(article.id):
            self._send(article)
            return Changed(article, fingerprint, "replaced" if change == "unchanged" else change), problems
        if change == "unchanged":
            return change, problems
        changed = Changed(article, fingerprint, change)
        waiting = self._queue(article.id) if change == "replaced" else None
        if waiting is not None:
            waiting[article.id] = changed
            return "waits", problems
        self._send(article)
        return changed, problems

    def _send(self, article: Article) -> None:
        self.seen.note_sent(article.id)
        if article.version:
            self._sent[article.id] = article.version

    def note_put(self, id: str) -> None:
        """Note that the article of an id was put."""
        self.seen.note_put(id)
        self._sent.pop(id, None)

    def _newest(self, article: Article) -> int:
        """The highest version of an article that is put, waits or is being prepared."""
        waits = self._waiting.get(article.id) or self._waiting_here.get(article.id)
        known = version_of(self._writer.fingerprint(article.id) or "")
        return max(known, self._sent.get(article.id, 0), waits.article.version if waits else 0)

    def _no_longer_waits(self, id: str) -> None:
        self._waiting.pop(id, None)
        self._waiting_here.pop(id, None)

    def are_unchanged(self, articles: Iterable[Known], withdrawn: Set[str]) -> bool:
        """Whether the archive has all these articles but those withdrawn, and nothing of this run replaces one."""
        return all(
            id in withdrawn
            or (
                not self.seen.is_sent(id)
                and self._writer.change(id, f"{fingerprint}:{self._annotation}") == "unchanged"
            )
            for id, fingerprint in articles
        )

    def leave(self, articles: Iterable[Known], document: Document) -> list[Problem]:
        """Note articles of a document that need not be read, as they are unchanged; warnings as of `of`."""
        found: list[Problem] = []
        for id, _ in articles:
            self._no_longer_waits(id)
            found += self._note(id, document)
        return found

    def note_withdrawn(self, id: str) -> None:
        """Note an article of the document that is being read, which is not to be put."""
        self.seen.note(id, self._place)

    def rest(self) -> Iterator[Changed]:
        """At the end, what waited in vain: the document that the archive has it from brought it no more."""
        yield from self._released(self._waiting)

    def end(self) -> Iterator[Changed]:
        """At the end of a document, what waited for it: it brought no other article of that id."""
        yield from self._released(self._waiting_here)

    def _released(self, waiting: dict[str, Changed]) -> Iterator[Changed]:
        for changed in waiting.values():
            self._send(changed.article)
            yield changed
        waiting.clear()

    def problems(self) -> Iterator[Problem]:
        """At the end, the warning that counts those which were too many to be named."""
        return self._repetitions.rest()

    def _note(self, id: str, document: Document, is_newer: bool = False) -> list[Problem]:
        before = self.seen.note(id, self._place)
        if before is None or is_newer:
            return []
        place = "it" if before == self._place else self._documents[before].location
        message = f"the id {id!r} was already used in {place}; this later article replaces it"
        return list(self._repetitions.note(Problem(document.name, None, message, fatal=False)))

    def _compare(self, article: Article) -> None:
        if len(self._ids) >= MOST_TEXTS:
            return
        place = self._texts.get(article.body)
        if place is None:
            self._texts.put(article.body, len(self._ids))
            self._ids.append(article.id)
        elif self._ids[place] != article.id:
            self.same_texts += 1
            self.same_text = self.same_text or (self._ids[place], article.id)

    def _queue(self, id: str) -> dict[str, Changed] | None:
        """Where an article waits that the archive has from this document or from one still to be read; else None."""
        if len(self._waiting) + len(self._waiting_here) >= MOST_WAITING:
            return None
        if self._places is None:
            self._places = IdTable()
            for place, document in enumerate(self._documents):
                self._places.put(document.location, place)
        place = self._places.get(self._writer.document_of(id)) or 0
        if place == self._place:
            return self._waiting_here
        return self._waiting if place > self._place else None
