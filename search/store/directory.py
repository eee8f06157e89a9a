"""What lies in an index directory, and who may write there.

    archive.json        which engine and code wrote the index, and which generation is in use
    generation-000007/  the files of the engine
    write.lock          held by the one process that writes

`archive.json` is replaced as a whole after each commit, so its time tells readers to look again.
A rebuild fills a new generation while the old one goes on answering; the switch is this one file.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from search import schema
from search.engines.base import Engine
from search.engines.choice import load_engine
from search.errors import IndexIncompatible, IndexLocked, IndexMissing, NachleseError
from search.files import replace_file
from search.german import analysis


@dataclass(frozen=True, slots=True)
class Manifest:
    """The content of archive.json; `committed` is the time of the last commit in UTC, ISO 8601."""

    engine: str
    schema: int
    analysis: str
    articles: int
    generation: int
    committed: str


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

    def stamp(self) -> tuple[int, int]:
        """Changes with every commit. Raises IndexMissing."""
        try:
            stat = self.manifest_file.stat()
        except FileNotFoundError:
            raise self._missing() from None
        return stat.st_mtime_ns, stat.st_ino

    def manifest(self) -> Manifest | None:
        """What the directory holds, None if there is no index in it. Raises IndexIncompatible if it is unreadable."""
        try:
            return Manifest(**json.loads(self.manifest_file.read_text(encoding="utf-8")))
        except FileNotFoundError:
            return None
        except (ValueError, TypeError) as error:
            raise IndexIncompatible(f"{self.manifest_file} cannot be read ({error}). {self._rebuild()}") from error

    def usable_manifest(self) -> Manifest:
        """The manifest of an index that this code can read. Raises IndexMissing or IndexIncompatible."""
        manifest = self.manifest()
        if manifest is None:
            raise self._missing()
        self.check(manifest)
        return manifest

    def check(self, manifest: Manifest, engine: str | None = None) -> None:
        """Raise IndexIncompatible unless this code, with this engine if one is named, can use the index."""
        if (manifest.schema, manifest.analysis) != (schema.VERSION, analysis.FINGERPRINT):
            raise IndexIncompatible(f"The index in {self.path} was built by another version. {self._rebuild()}")
        if engine and engine != manifest.engine:
            raise IndexIncompatible(
                f"The index in {self.path} was built with {manifest.engine}, not {engine}. {self._rebuild()}"
            )

    def open_engine(self, manifest: Manifest) -> Engine:
        """The engine of the generation in use. Raises IndexIncompatible if its files are damaged or gone."""
        try:
            return load_engine(manifest.engine, self.generation(manifest.generation))
        except NachleseError:
            raise
        except Exception as error:
            message = f"The files of the index in {self.path} are damaged ({error})."
            raise IndexIncompatible(f"{message} {self._rebuild()}") from error

    def publish(self, engine: str, generation: int, articles: int) -> None:
        """Make this generation, as it is now, the one that readers use."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        manifest = Manifest(engine, schema.VERSION, analysis.FINGERPRINT, articles, generation, now)
        replace_file(self.manifest_file, json.dumps(asdict(manifest), indent=2) + "\n")

    def sweep(self, keep: int | None) -> None:
        """Remove generations that are not in use: older ones, and what a killed rebuild left."""
        for folder in self.path.glob("generation-*"):
            if keep is None or folder != self.generation(keep):
                shutil.rmtree(folder, ignore_errors=True)  # a reader may still hold it; the next sweep gets it

    def bytes(self) -> int:
        """The size of all files in the directory."""
        return sum(file.stat().st_size for file in self.path.rglob("*") if file.is_file())

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Be the one that writes. Raises IndexLocked if another process is."""
        from filelock import FileLock, Timeout  # who only reads need not wait for it

        self.path.mkdir(parents=True, exist_ok=True)
        lock = FileLock(self.path / "write.lock")
        try:
            lock.acquire(blocking=False)
        except Timeout:
            raise IndexLocked(
                f"Another process is writing to the index in {self.path}. Run the command again when it has ended."
            ) from None
        try:
            yield
        finally:
            lock.release()

    def _missing(self) -> IndexMissing:
        return IndexMissing(
            f"There is no index in {self.path}. Build one with: nachlese index SOURCE --index {self.path}"
        )

    def _rebuild(self) -> str:
        return f"Build it anew with: nachlese index SOURCE --index {self.path} --rebuild"
