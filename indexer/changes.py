"""Which articles have to be put? Those that the archive has not as they are, and of one id the last that is read.

Two documents with one id would replace each other in every run, as each differs from what the other left. So an article
whose id the archive has from a document that is still to be read waits for that one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from typing import Literal

from indexer.document import Document
from indexer.errors import Problem
from indexer.problem_limits import Repetitions
from indexer.seen import Seen
from search.article import Article
from search.store.id_table import IdTable
from search.store.writing import ArchiveWriter, Change

MOST_WAITING = 10_000  # articles in memory; further ones are put at once
MOST_TEXTS = 200_000  # that are compared; each takes a hundred bytes of memory

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
        self._waiting: dict[str, Changed] = {}
        self._texts: dict[bytes, str] = {}  # a hash of each text -> the id of its first article
        self._repetitions = Repetitions()

    def begin(self, place: int) -> None:
        """Note which of the documents is read from now on."""
        self._place = place

    def of(
        self, article: Article, content: str, document: Document
    ) -> tuple[Changed | Literal["unchanged", "waits"], list[Problem]]:
        """The article as it has to be put, or why it has not to be; and a warning if its id was read before.

        `content` is the fingerprint of the article.
        """
        fingerprint = f"{content}:{self._annotation}"
        problems = self._note(article.id, document)
        self._compare(article)
        self._waiting.pop(article.id, None)  # this one is read later
        change = self._writer.change(article.id, fingerprint)
        if self.seen.is_sent(article.id):
            return Changed(article, fingerprint, "replaced" if change == "unchanged" else change), problems
        if change == "unchanged":
            return change, problems
        changed = Changed(article, fingerprint, change)
        if change == "replaced" and len(self._waiting) < MOST_WAITING and self._is_from_later(article.id):
            self._waiting[article.id] = changed
            return "waits", problems
        self.seen.note_sent(article.id)
        return changed, problems

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
            self._waiting.pop(id, None)
            found += self._note(id, document)
        return found

    def note_withdrawn(self, id: str) -> None:
        """Note an article of the document that is being read, which is not to be put."""
        self.seen.note(id, self._place)

    def rest(self) -> Iterator[Changed]:
        """At the end, what waited in vain: the document that the archive has it from brought it no more."""
        for changed in self._waiting.values():
            self.seen.note_sent(changed.article.id)
            yield changed
        self._waiting.clear()

    def problems(self) -> Iterator[Problem]:
        """At the end, the warning that counts those which were too many to be named."""
        return self._repetitions.rest()

    def _note(self, id: str, document: Document) -> list[Problem]:
        before = self.seen.note(id, self._place)
        if before is None:
            return []
        place = self._documents[before].location
        message = f"the id {id!r} was already used in {place}; this later article replaces it"
        return list(self._repetitions.note(Problem(document.name, None, message, fatal=False)))

    def _compare(self, article: Article) -> None:
        if len(self._texts) >= MOST_TEXTS:
            return
        first = self._texts.setdefault(hashlib.blake2b(article.body.encode(), digest_size=16).digest(), article.id)
        if first != article.id:
            self.same_texts += 1
            self.same_text = self.same_text or (first, article.id)

    def _is_from_later(self, id: str) -> bool:
        """Whether the archive has an article from a document that is still to be read."""
        if self._places is None:
            self._places = IdTable()
            for place, document in enumerate(self._documents):
                self._places.put(document.location, place)
        return (self._places.get(self._writer.document_of(id)) or 0) > self._place
