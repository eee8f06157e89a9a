"""What lies in an index directory, and who may write there.

    archive.json        which engine and code wrote the index, which generation is in use, the check sums of its files
    generation-000007/  the files of the engine, the snapshots; and `unfinished`, while somebody writes there
    write.lock          held by the one process that writes
    documents.sqlite    what documents held when they were read last; no part of the index, and may be missing

`archive.json` is replaced as a whole after each commit, so its time tells readers to look again.
A rebuild fills a new generation while the old one goes on answering; the switch is this one file.
"""

from __future__ import annotations

import json
import math
import os
import shutil
import stat
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from search import schema
from search.engines.base import Engine
from search.engines.choice import ENGINES, default_engine, load_engine
from search.errors import IndexDamaged, IndexIncompatible, IndexLocked, IndexMissing, IndexUnwritable
from search.files import replace_file, share
from search.german import analysis
from search.mapped import Buffer
from search.store.check_report import CheckReport, remedy
from search.store.checksums import UNFINISHED, Sums, checksum, checksums, file_names
from search.store.ledger_file import forget_ledger
from search.store.manifest import Manifest
from search.store.rights import reading, writing
from search.store.snapshots import KINDS, SUFFIX, outdated, snapshot_name, write_kept, write_snapshots

ALIASES = "aliases.toml"

# What killed runs leave in a generation: files that were to replace another one.
LEFTOVERS = (".tmp??????", "_*.toc.*", ".*.new")


@dataclass(frozen=True, slots=True)
class IndexDirectory:
    """An index directory, which need not exist yet."""

    path: Path

    @property
    def manifest_file(self) -> Path:
        return self.path / "archive.json"

    def generation(self, number: int) -> Path:
        """The folder of one generation."""
        return self.path / f"generation-{number:06}"

    @property
    def address(self) -> str:
        return str(self.path)

    @property
    def is_shared(self) -> bool:
        return False

    @property
    def local(self) -> Path:
        return self.path

    @property
    def aliases(self) -> Path | None:
        return self.path / ALIASES

    def stamp(self) -> tuple[int, int]:
        """Changes with every commit. Raises IndexMissing."""
        try:
            with reading(self.path):
                found = self.manifest_file.stat()
        except (FileNotFoundError, NotADirectoryError):
            raise self.missing() from None
        return found.st_mtime_ns, found.st_ino

    def manifest(self) -> Manifest | None:
        """What the directory holds, None if there is no index in it. Raises IndexIncompatible if it makes no sense."""
        try:
            with reading(self.path):
                if _is_odd(self.manifest_file):
                    raise ValueError("it is no regular file")  # a pipe would be waited for
                return Manifest.parse(self.manifest_file.read_text(encoding="utf-8"))
        except (FileNotFoundError, NotADirectoryError):
            return None
        except (ValueError, TypeError) as error:
            raise IndexIncompatible(f"{self.manifest_file} cannot be read ({error}). {self._rebuild()}") from error

    def check(self, manifest: Manifest, engine: str | None = None) -> None:
        """Raise IndexIncompatible unless this code, with this engine if one is named, can use the index."""
        if (manifest.schema, manifest.analysis) != (schema.VERSION, analysis.VERSION):
            raise IndexIncompatible(f"The index in {self.path} was built by another version. {self._rebuild()}")
        if manifest.engine not in ENGINES:
            raise IndexIncompatible(
                f"{self.manifest_file} names the engine {manifest.engine!r}, which there is not. {self._rebuild()}"
            )
        if engine and engine != manifest.engine:
            raise IndexIncompatible(
                f"The index in {self.path} was built with {manifest.engine}, not {engine}. {self._rebuild()}"
            )

    def open_engine(self, manifest: Manifest) -> Engine:
        """The engine of the generation in use. Raises IndexDamaged if its files are damaged or gone."""
        folder = self.generation(manifest.generation)
        with reading(self.path):
            if odd := [file.name for file in folder.glob("*") if _is_odd(file)]:
                raise self._damaged(odd[0])  # an engine would wait for a pipe
        return load_engine(manifest.engine, folder)

    def create_engine(self, generation: int, engine: str | None, before: Manifest | None) -> tuple[str, Engine]:
        """The name and the engine of a new, empty generation: that of the index before, unless another one is named."""
        name = engine or (before.engine if before and before.engine in ENGINES else default_engine())
        return name, load_engine(name, self.generation(generation), create=True)

    def publish(self, engine: str, generation: int, articles: int, changes: int = 0) -> None:
        """Make this generation, as it is now, the one that readers use; remove snapshots that have a newer one.

        `changes` is how many articles have changed since the snapshots were computed. If it is what readers use
        already, nothing is written, so that the last commit stays the one that changed something.
        """
        now = datetime.now(UTC).isoformat(timespec="seconds")
        files = self._seal(generation)
        manifest = Manifest(engine, schema.VERSION, analysis.VERSION, articles, generation, now, files, changes=changes)
        manifest = manifest.sealed()
        if not self._is_published(manifest):
            with writing(self.path):
                replace_file(self.manifest_file, json.dumps(asdict(manifest), indent=2) + "\n")
        self._keep_snapshots(generation, files)

    def _is_published(self, manifest: Manifest) -> bool:
        """Whether readers use just that, whenever it was committed."""
        try:
            return manifest.is_as(self.manifest())
        except IndexIncompatible:  # what cannot be read is replaced
            return False

    def _seal(self, generation: int) -> dict[str, str]:
        """The check sums of the files of a generation, all of which get the rights that the directory gives."""
        folder = self.generation(generation)
        with writing(self.path):
            share(folder)
            known = self._known_files(generation)
            files = checksums(folder, known)
            for name in files:
                share(folder / name)
        return {name: files[name] for name in files.keys() - outdated(files)}

    def snapshot(self, manifest: Manifest, kind: str) -> Path | None:
        """The file of a snapshot, None if a newer commit has removed it.

        A flipped bit would have a trie read beyond its end, so that IndexDamaged is raised if it is not as written.
        """
        name = snapshot_name(manifest.files, kind) or ""
        path = self.generation(manifest.generation) / name
        with reading(self.path):
            try:
                if not name or checksum(path) != manifest.files[name]:
                    raise self._damaged(name or f"The file of {kind}")
            except FileNotFoundError:
                return None
        return path

    def snapshots_age(self, generation: int) -> float:
        """How many seconds ago the snapshots of a generation were written; endless if one is wanting."""
        return max(self.kept_age(generation, kind) for kind in KINDS)

    def kept_age(self, generation: int, kind: str) -> float:
        """The same of one kind of them, or of what else was kept."""
        folder = self.generation(generation)
        with reading(self.path):
            name = snapshot_name(file_names(folder), kind)
            return time.time() - (folder / name).stat().st_mtime if name else math.inf

    def write_snapshots(self, generation: int, engine: Engine) -> None:
        """Compute snapshots from what the engine looks at; `publish` makes them those that readers use."""
        with writing(self.path):
            write_snapshots(self.generation(generation), engine)

    def keep(self, generation: int, kind: str, content: bytes) -> None:
        """Write a value of another kind than those; `publish` makes it the one in use."""
        self.keep_file(generation, kind, (content,))

    def keep_file(self, generation: int, kind: str, content: Iterable[Buffer]) -> Path:
        """The same, of several pieces; where it lies."""
        with writing(self.path):
            return write_kept(self.generation(generation), kind, content)

    def keeps(self, generation: int, kind: str) -> bool:
        """Whether a value of this kind is in use."""
        return snapshot_name(self._known_files(generation), kind) is not None

    def kept(self, generation: int, kind: str) -> bytes | None:
        """The value in use, None if there is none. Raises IndexDamaged if it is not as it was written."""
        path = self.kept_file(generation, kind)
        with reading(self.path):
            return path.read_bytes() if path else None

    def kept_file(self, generation: int, kind: str) -> Path | None:
        """The file of the value in use, None if there is none. Raises IndexDamaged if it is not as it was written."""
        known = self._known_files(generation)
        name = snapshot_name(known, kind)
        if name is None:
            return None
        path = self.generation(generation) / name
        with reading(self.path):
            if not path.exists() or checksum(path) != known[name]:
                raise self._damaged(name)
        return path

    def drop_outdated(self, generation: int) -> None:
        """Remove the snapshots of a generation that have a newer one and that no reader has seen."""
        names = set(file_names(self.generation(generation)))
        self._keep_snapshots(generation, names - outdated(names))

    def was_killed(self, generation: int) -> bool:
        """Whether a run was stopped between a commit of the engine and ours, whose snapshots say less, then."""
        known = self._known_files(generation)
        return self.is_unfinished(generation) and checksums(self.generation(generation), known) != dict(known)

    def _keep_snapshots(self, generation: int, files: Iterable[str]) -> None:
        """Remove the snapshots of a generation that are not among its files."""
        for path in self.generation(generation).glob(f"*{SUFFIX}"):
            if path.name not in files:
                with suppress(PermissionError):  # Windows: a reader still holds it; the next commit gets it
                    path.unlink(missing_ok=True)

    def _known_files(self, generation: int) -> Sums:
        try:
            before = self.manifest()
        except IndexIncompatible:
            return {}
        return before.files if before and before.generation == generation else {}

    @contextmanager
    def unfinished(self, generation: int) -> Iterator[None]:
        """Note in a generation that somebody writes to it; a block that is killed or raises leaves the note."""
        note = self.generation(generation) / UNFINISHED
        with writing(self.path):
            note.touch()
            share(note)
        yield
        with writing(self.path):
            note.unlink(missing_ok=True)

    def is_unfinished(self, generation: int) -> bool:
        """Whether somebody writes to a generation, or was stopped while doing so."""
        return (self.generation(generation) / UNFINISHED).exists()

    def next_generation(self, current: Manifest | None) -> int:
        """The number of a generation that nobody uses."""
        return current.generation + 1 if current else 1

    def being_rebuilt(self) -> Manifest | None:
        """Only one process writes to a directory."""
        return None

    def sweep(self, keep: int | None) -> None:
        """Remove what is not in use: older generations, and what killed runs left."""
        for folder in self.path.glob("generation-*"):
            if keep is None or folder != self.generation(keep):
                shutil.rmtree(folder, ignore_errors=True)  # a reader may still hold it; the next sweep gets it
        if keep is not None:
            for pattern in LEFTOVERS:
                for file in self.generation(keep).glob(pattern):
                    file.unlink(missing_ok=True)
            self._keep_snapshots(keep, self._known_files(keep))

    def purge(self) -> None:
        """`publish` has removed what is not in use."""

    def discard(self, generation: int) -> None:
        """Remove a generation that was not published."""
        shutil.rmtree(self.generation(generation), ignore_errors=True)

    def forget_documents(self) -> None:
        """Remove what is known of documents; the next run reads all of them."""
        forget_ledger(self.path)

    def verify(self) -> CheckReport:
        """Compare every file with its check sum."""
        from search.store.directory_check import check_directory  # who only reads need not wait for it

        return check_directory(self)

    def require_sound(self) -> None:
        """Raise IndexDamaged if there is an index, and a file of it is not as it was written."""
        if self.manifest() and (damaged := self.verify().damaged):
            raise self._damaged(", ".join(damaged))

    def bytes(self) -> int:
        """The size of all files in the directory; commits and rebuilds may remove some meanwhile."""
        return sum(_size(Path(folder) / name) for folder, _, names in os.walk(self.path) for name in names)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Be the one that writes. Raises IndexLocked if another process is."""
        from filelock import FileLock, Timeout  # who only reads need not wait for it

        file = self.path / "write.lock"
        try:
            with writing(self.path):
                self.path.mkdir(parents=True, exist_ok=True)
                lock = FileLock(file)
                lock.acquire(blocking=False)
        except NotImplementedError as error:  # filelock's word for ENOSYS
            raise IndexUnwritable(
                f"The file system of {file} cannot lock files. Put the index on a local disk: --index DIR"
            ) from error
        except Timeout:
            raise IndexLocked(
                f"Another process is writing to the index in {self.path}. Run the command again when it has ended."
            ) from None
        try:
            yield
        finally:
            lock.release()

    def missing(self) -> IndexMissing:
        """The error for a directory without an index, or with one that is not whole yet."""
        if any(self.path.glob("generation-*")):
            return IndexMissing(
                f"There is no index in {self.path} yet, only the beginning of one. Ask again when `nachlese index` has "
                f"ended, or, if it was stopped, run it again: nachlese index SOURCE --index {self.path}"
            )
        return IndexMissing(
            f"There is no index in {self.path}. Build one with: nachlese index SOURCE --index {self.path}"
        )

    def _damaged(self, name: str) -> IndexDamaged:
        return IndexDamaged(f"{name} of the index in {self.path} is damaged or missing. {remedy(self.address)}")

    def _rebuild(self) -> str:
        return f"Build it anew with: nachlese index SOURCE --index {self.path} --rebuild"


def _is_odd(file: Path) -> bool:
    """Whether there is something that is neither file nor folder; what has gone since it was listed is nothing.

    Whoosh makes a folder for what it sorts, which a killed run leaves.
    """
    try:
        mode = file.stat().st_mode
        return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))
    except FileNotFoundError:
        return False


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except FileNotFoundError:  # it has gone since it was listed
        return 0
