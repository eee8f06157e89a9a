"""How do articles get into an archive? All of a block or nothing, by one writer at a time."""

from __future__ import annotations

import math
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from search.article import Article
from search.engines.base import Engine, EngineRequest, Entry, Match, Writer
from search.errors import IndexIncompatible, IndexUnwritable, NotForgotten, OutOfResources
from search.families.traits import Traits
from search.heap import give_back
from search.query.terms import Keyword, MatchAll, Terms
from search.settings import FAMILY_DAYS, positive_number
from search.store.directory import IndexDirectory
from search.store.entry import entry_again, stored_fingerprint, stored_traits, to_article, to_entry, traits_of
from search.store.id_table import IdTable
from search.store.manifest import Manifest
from search.store.place import Place
from search.store.places import place_of
from search.store.snapshots import COUNTING, KINDS, NAMES, SKETCHES
from search.store.walking import walk

if TYPE_CHECKING:
    from search.store.family_files import FamilyFiles

Change = Literal["added", "replaced", "unchanged"]
MOST_DOCUMENTS = 2**31
# Committed so far every so many articles or characters, so that a killed run has not worked for nothing and no engine
# has to hold more.
CHECKPOINT_ARTICLES = 10_000
CHECKPOINT_CHARACTERS = 32_000_000
MOST_KNOWN = 50_000  # fingerprints that are held
# Computing snapshots takes as long as indexing a hundredth of the articles: they go on until one in so many has
# changed, or for so many seconds.
SNAPSHOT_SHARE = 50
SNAPSHOT_SECONDS = 3600.0
# In a cluster all words of all articles are counted for them, by nodes that answer readers. If that took some seconds,
# runs that follow leave it until so many times as long has passed; one that changes nothing makes good for it.
LONG_COUNT, REST = 5.0, 10


@contextmanager
def write_archive(address: str | Path, engine: str | None = None, rebuild: bool = False) -> Iterator[ArchiveWriter]:
    """Write to the archive in a directory or at another address (search.store.places), which is created if need be.

    What the block did is committed at its end and undone if it raises. `engine` is needed only for
    a new index; `rebuild` starts from nothing in a new generation, which replaces the old one at
    the end. Raises IndexLocked, IndexIncompatible or EngineUnavailable.
    """
    place = place_of(address)
    positive_number(FAMILY_DAYS)  # told now if it is none, and not after the first commit
    with place.locked():
        manifest = place.being_rebuilt() if rebuild else place.manifest()
        if manifest:
            place.check(manifest, engine)
            place.sweep(keep=manifest.generation)
            killed = isinstance(place, IndexDirectory) and place.was_killed(manifest.generation)
            opened = place.open_engine(manifest)
            writer = ArchiveWriter(place, opened, manifest.engine, manifest.generation, True, manifest.changes)
            writer.families_unknown |= killed
        else:
            writer = _start(place, engine, rebuild)
        with place.unfinished(writer.generation), writer.changes():
            yield writer


def _start(place: Place, engine: str | None, rebuild: bool) -> ArchiveWriter:
    """A writer to a new, empty generation; a rebuild keeps the engine unless another one is named."""
    current = _current(place) if rebuild else None
    place.sweep(keep=current.generation if current else None)
    number = place.next_generation(current)
    name, opened = place.create_engine(number, engine, current)
    return ArchiveWriter(place, opened, name, number, publishes=not rebuild)


def _current(place: Place) -> Manifest | None:
    """What is known of the index in use, however unreadable the rest of it is: a rebuild mends that."""
    try:
        return place.manifest()
    except IndexIncompatible:
        return None


class ArchiveWriter:
    """Puts articles into one generation of an archive."""

    def __init__(
        self,
        place: Place,
        engine: Engine,
        engine_name: str,
        generation: int,
        publishes: bool,
        changes: int = 0,
    ) -> None:
        self._place = place
        self._engine = engine
        self._engine_name = engine_name
        self.generation = generation
        self._publishes = publishes
        self._block = ExitStack()  # holds the engine's block of changes
        self._writer: Writer
        self._changes = changes  # articles put or deleted since the snapshots were computed
        self._words_are_old = True  # whether articles may have other words than when these were counted
        # Fingerprints of what this block has put, None for what it has deleted.
        self._pending: dict[str, str | None] = {}
        # Fingerprints of committed articles that were looked up together, None where there is none.
        self._known: dict[str, str | None] = {}
        # The committed ids of an index that this block began; looking each up would read all of it again and again.
        self._own = None if place.is_shared or engine.count() else IdTable()
        self._traits: dict[str, Traits | None] = {}  # of what was put since the last commit, None of what was deleted
        # Families are kept in directories: of several that write to a cluster, none would know what others have put.
        self._folder = place if isinstance(place, IndexDirectory) else None
        self._families: FamilyFiles | None = None
        # Whether there are articles of which the files of families do not know: those of a killed run, or of a version
        # that had no families.
        self.families_unknown = bool(
            self._folder and engine.count() and not self._folder.keeps(generation, f"{SKETCHES}0")
        )
        self._span = int(positive_number(FAMILY_DAYS))
        self.changed = 0  # articles put or deleted by this writer
        self._names_are_others = False
        self._uncommitted = 0  # articles put since the last checkpoint
        self._characters = 0  # of what is stored with them

    @contextmanager
    def changes(self) -> Iterator[None]:
        """Commit at the end of the block; undo what was not committed if it raises."""
        self._begin()
        try:
            yield
            self._block.close()
            self._engine.merge_segments()
            give_back()
            self._engine.refresh()
            self._find_families()
            if self._snapshots_are_old() and self._words_are_old:
                self._write_snapshots()
            elif self._snapshots_are_old() or self._names_are_others:
                self._list_names()
            self._publish()
        except BaseException as error:
            self._undo(error)
            raise
        finally:
            self._engine.close()
        self._place.sweep(keep=self.generation)

    def _undo(self, error: BaseException) -> None:
        self._block.__exit__(type(error), error, error.__traceback__)
        if not self._publishes:
            self._place.discard(self.generation)

    def look_up(self, ids: Iterable[str]) -> None:
        """Have the fingerprints of articles ready that are about to be asked for, by one message instead of many."""
        if len(self._known) > MOST_KNOWN:
            self._known.clear()
        wanted = [id for id in dict.fromkeys(ids) if id not in self._known and self._may_have(id)]
        if wanted:
            found = self._engine.fingerprints(wanted, stored_fingerprint)
            self._known.update((id, found.get(id)) for id in wanted)

    def change(self, id: str, fingerprint: str) -> Change:
        """What putting an article of this id and fingerprint would be."""
        before = self.fingerprint(id)
        if before is None:
            return "added"
        return "unchanged" if before == fingerprint else "replaced"

    def put(self, article: Article) -> Change:
        """Add an article or replace the one of the same id; the same content again changes nothing."""
        fingerprint = article.fingerprint()
        change = self.change(article.id, fingerprint)
        if change != "unchanged":
            self.put_entry(to_entry(article, fingerprint))
        return change

    def put_entry(self, entry: Entry) -> None:
        """Add or replace an article that is already analysed, without asking whether it changed."""
        self._writer.put(entry)
        self._pending[entry.id] = entry.fingerprint
        self._words_are_old |= not entry.renewed
        if self._folder:
            self._traits[entry.id] = traits_of(entry)
        self._changes += 1
        self.changed += 1
        self._uncommitted += 1
        self._characters += len(entry.stored)

    def renew_entry(self, entry: Entry) -> None:
        """Replace a committed article by the same one under other names, unless somebody has changed it since."""
        self.put_entry(replace(entry, renewed=True))

    def has(self, id: str) -> bool:
        """Whether there is an article of this id."""
        return self.fingerprint(id) is not None

    def document_of(self, id: str) -> str:
        """The document that the committed article of this id was read from, "" if there is none."""
        stored = self._engine.get(id)
        return to_article(stored, mentions=False).document if stored else ""

    def delete(self, id: str) -> None:
        """Remove an article; an unknown id is no error."""
        self._writer.delete(id)
        self._pending[id] = None
        self._words_are_old = True
        self._traits[id] = None
        self._changes += 1
        self.changed += 1

    def checkpoint(self) -> None:
        """Commit what was done so far, so that a killed process keeps it. A rebuild stays unseen until its end.

        Snapshots take long to compute: the old ones go on until the end.
        """
        self._block.close()
        self._engine.refresh()
        self._find_families()
        if self._publishes:
            self._publish()
        elif self._folder:
            self._folder.drop_outdated(self.generation)
        if self._own is not None:
            for id in self._pending:
                self._own.put(id, 1)
        # Of an index that this block began, few ids are asked for twice.
        self._known.update((id, it) for id, it in self._pending.items() if self._own is None or id in self._known)
        self._pending.clear()
        give_back()
        self._begin()

    def checkpoint_if_due(self) -> None:
        """The same, but only after many articles or long ones."""
        if self._uncommitted >= CHECKPOINT_ARTICLES or self._characters >= CHECKPOINT_CHARACTERS:
            self.checkpoint()

    def forget(self) -> None:
        """Commit, and leave nothing on the disk of what was deleted or replaced, now or ever before.

        A rebuild has no need of it. It takes as long as writing all that stands in the same segments. Raises
        NotForgotten where it ends behind the commit, and IndexDamaged, before anything is written, if a file is not as
        it was: what is copied of it would get a check sum that is right.
        """
        if self._folder and self._publishes:
            self._folder.require_sound()
        self.checkpoint()
        try:
            self._leave_nothing()
        except (IndexUnwritable, OutOfResources) as error:
            raise NotForgotten(str(error)) from error
        self._begin()

    def _leave_nothing(self) -> None:
        self._place.forget_documents()
        self._block.close()
        self._engine.purge(entry_again)
        self._engine.refresh()
        if self._folder:
            self._family_files(self._folder).forget()
        if self._publishes:
            self._write_snapshots()
            self._publish()
            self._place.purge()

    def list_names_anew(self) -> None:
        """Count all names at the end, although few articles may have changed: somebody said what they are called."""
        self._names_are_others = True

    def keep(self, kind: str, content: bytes) -> None:
        """Keep a value with the next commit, in place of the one of this kind."""
        self._place.keep(self.generation, kind, content)

    def kept(self, kind: str) -> bytes | None:
        """The value that the last commit kept, None if it has none. Raises IndexDamaged."""
        return self._place.kept(self.generation, kind)

    def kept_age(self, kind: str) -> float:
        """How many seconds ago such a value was written; endless if there is none."""
        return self._place.kept_age(self.generation, kind)

    def documents(self) -> list[tuple[str, int]]:
        """The documents that committed articles were read from, with their number of articles.

        The numbers may still count articles that were replaced or removed.
        """
        return self._engine.vocabulary("document", "", MOST_DOCUMENTS)

    def ids_of(self, document: str) -> list[str]:
        """The ids of the committed articles that were read from a document."""
        return self._engine.ids(Keyword("document", document), self._engine.count())

    def count(self) -> int:
        """The number of articles as of the last commit."""
        return self._engine.count()

    def numbers(self, queries: Sequence[Terms]) -> list[int]:
        """The number of committed articles that answer each of several queries."""
        return [found.total for found in self._engine.search_many([EngineRequest(one, size=0) for one in queries])]

    def frequencies(self, column: str, terms: Sequence[str]) -> list[int]:
        """At most in how many committed articles each of several terms is; replaced and deleted ones may count."""
        return self._engine.frequencies(column, terms)

    def values(self, keyword: str) -> dict[str, int]:
        """All values of a keyword in committed articles, with their number of articles."""
        return self._engine.counts(keyword)

    def newest(self, terms: Terms, number: int) -> tuple[Match, ...]:
        """So many of the committed articles that answer a query, the newest ones."""
        return self._engine.search(EngineRequest(terms, sort="newest", size=number)).matches

    def matches(self, terms: Terms) -> Iterator[Match]:
        """The committed articles that answer a query, the newest first. Commits may come in between."""
        return walk(self._engine, terms)

    def _begin(self) -> None:
        self._uncommitted = self._characters = 0
        self._block = ExitStack()
        self._writer = self._block.enter_context(self._engine.writer())

    def _snapshots_are_old(self) -> bool:
        many = self._changes * SNAPSHOT_SHARE >= self._engine.count()
        if not self._changes:
            return False
        age = self._place.snapshots_age(self.generation)
        return (many or age >= SNAPSHOT_SECONDS) and not (self._place.is_shared and self.changed and self._rests(age))

    def _rests(self, age: float) -> bool:
        """Whether the words of a cluster were counted not long ago, for as long as that takes."""
        took = float(self.kept(COUNTING) or 0)
        return took > LONG_COUNT and age < REST * took

    def _write_snapshots(self) -> None:
        began = time.monotonic()
        self._engine.update_vocabulary()
        self._place.write_snapshots(self.generation, self._engine)
        if self._place.is_shared:
            self.keep(COUNTING, f"{time.monotonic() - began:.3f}".encode())
        self._changes = 0
        self._words_are_old = self._place.is_shared  # others may write meanwhile

    def _list_names(self) -> None:
        """Count names only: a first run has counted the words before it decides what names are called."""
        self.keep(NAMES, KINDS[NAMES](self._engine))
        if not self._words_are_old:
            self._changes = 0

    def _publish(self) -> None:
        """Make what the engine looks at, all of it committed, what readers use."""
        if self._place.snapshots_age(self.generation) == math.inf:
            self._write_snapshots()
        self._place.publish(self._engine_name, self.generation, self._engine.count(), self._changes)

    def _family_files(self, folder: IndexDirectory) -> FamilyFiles:
        from search.store.family_files import FamilyFiles  # NumPy: who only reads need not wait for it

        self._families = self._families or FamilyFiles(folder, self.generation)
        return self._families

    def _find_families(self) -> None:
        """Find which of the articles put since the last commit are copies; the engine looks at the commit with them."""
        if self._folder and (self.families_unknown or self._traits):
            files = self._family_files(self._folder)
            if self.families_unknown:
                self._find_all_families(files)
            else:
                files.change(self._traits, self._text_of, self._span)
        self._traits = {}
        self.families_unknown = False

    def _find_all_families(self, files: FamilyFiles) -> None:
        gone = files.ids()
        matches = self.matches(MatchAll())
        while several := list(islice(matches, CHECKPOINT_ARTICLES)):
            files.change({match.id: stored_traits(match.stored) for match in several}, self._text_of, self._span)
            gone.difference_update(match.id for match in several)
        files.change(dict.fromkeys(gone), self._text_of, self._span)

    def _text_of(self, id: str) -> str:
        stored = self._engine.get(id)
        return to_article(stored, mentions=False).body if stored else ""

    def fingerprint(self, id: str) -> str | None:
        """The fingerprint that an article of this id was put with, None if there is none."""
        if id in self._pending:
            return self._pending[id]
        if not self._may_have(id):
            return None
        if id not in self._known:
            self.look_up([id])
        return self._known[id]

    def _may_have(self, id: str) -> bool:
        return self._own is None or id in self._own
