"""What lies in a cluster, and who may write there? An archive `news`, in indexes of OpenSearch:

    news.g000007         articles of a generation; news.g000007.words counts their words
    news.state           the manifests, and the snapshots and values that they name
    news                 an alias of the generation in use, for other programs

Several may write at once. None has a lock: the manifest is compared and set, and an older generation never takes the
place of a newer one. A generation that nobody uses is removed once there is a newer one in use.
"""

from __future__ import annotations

import math
import time
from contextlib import nullcontext, suppress
from dataclasses import replace
from datetime import UTC, datetime
from functools import cached_property, partial
from pathlib import Path

from search import schema
from search.engines.base import Engine
from search.engines.guard import GuardedEngine
from search.engines.opensearch.connection import Connection, Login, Refused
from search.engines.opensearch.engine import OpenSearchEngine
from search.engines.opensearch.failures import cluster_error
from search.engines.opensearch.purging import purge
from search.engines.opensearch.state import State, Version, generations
from search.errors import IndexDamaged, IndexIncompatible, IndexMissing, NachleseError, RebuildBegun, RebuildMissing
from search.german import analysis
from search.store import copies
from search.store.check_report import CheckReport, remedy
from search.store.checksums import checksum_of_bytes
from search.store.cluster_address import ClusterAddress, certificates, credentials
from search.store.cluster_manifests import MANIFEST, REBUILD, Manifests
from search.store.ledger_file import forget_ledger
from search.store.manifest import Manifest
from search.store.snapshots import KINDS, name_of, next_number, outdated, snapshot_name

ENGINE = "opensearch"
SERVING = ("STARTED", "RELOCATING")  # states of a shard that answers


class ClusterPlace:
    """An archive in a cluster, which need not exist yet; threads may share it."""

    is_shared = True
    aliases: Path | None = None

    def __init__(self, address: ClusterAddress) -> None:
        self._parsed = address
        self.address = address.text
        # What this process has kept in a generation and not published yet, by names, and when: a run may take longer
        # than others leave blobs alone that no manifest names.
        self._pending: dict[int, dict[str, tuple[bytes, float]]] = {}
        self._created: set[int] = set()  # generations that it may have readers use

    @cached_property
    def _connection(self) -> Connection:
        login = Login(credentials(self._parsed), certificates())
        return Connection(self._parsed.hosts, self.address, login)

    @cached_property
    def _state(self) -> State:
        return State(self._connection, f"{self._parsed.name}.state")

    @cached_property
    def _manifests(self) -> Manifests:
        return Manifests(self._state, self.address)

    @property
    def local(self) -> Path:
        """The folder of this archive among what is kept of clusters on this machine, which it makes."""
        hosts = checksum_of_bytes(" ".join(self._parsed.hosts).encode())[:12]
        return copies.local_folder(f"{self._parsed.name}-{hosts}")

    def stamp(self) -> Version:
        """Changes with every commit; what is told may be a second old. Raises IndexMissing."""
        version = self._manifests.stamp()
        if version is None:
            raise self.missing()
        return version

    def manifest(self) -> Manifest | None:
        """What the cluster has of this archive, None if nothing. Raises IndexIncompatible if it makes no sense."""
        return self._manifests.in_use()

    def check(self, manifest: Manifest, engine: str | None = None) -> None:
        """Raise IndexIncompatible unless this code can use the archive; its engine is OpenSearch."""
        if (manifest.schema, manifest.analysis) != (schema.VERSION, analysis.VERSION):
            advice = self._manifests.rebuild_advice()
            raise IndexIncompatible(f"The archive at {self.address} was built by another version. {advice}")
        self._check_engine(engine)

    def _check_engine(self, engine: str | None) -> None:
        if engine not in (None, ENGINE):
            raise IndexIncompatible(
                f"An archive in a cluster has the engine {ENGINE}, not {engine}. Leave out --engine."
            )

    def _check_name(self) -> None:
        """Raise IndexIncompatible if another program has an index of the archive's name, which is to be an alias."""
        name = self._parsed.name
        try:
            found = self._connection.ask("GET", f"/{name}/_settings/index.uuid", known=(403, 404))
        except Refused:  # there is none, or this user may not look
            return
        if name in found:
            raise IndexIncompatible(
                f"{name} is the name of an index of another program in this cluster. Choose another name for the "
                f"archive than that in {self.address}."
            )

    def open_engine(self, manifest: Manifest) -> Engine:
        """The engine of the generation in use."""
        return self._engine(manifest.generation)

    def create_engine(self, generation: int, engine: str | None, before: Manifest | None) -> tuple[str, Engine]:  # noqa: ARG002 - all have one engine
        """The engine of a new generation; it may have articles already, of another who has begun it, too."""
        self._check_engine(engine)
        self._check_name()
        self._state.create(self._parsed.replicas)
        self._created.add(generation)
        return ENGINE, self._engine(generation, (self._parsed.shards, self._parsed.replicas))

    def _engine(self, generation: int, spread: tuple[int, int] | None = None) -> Engine:
        index = self._index(generation)

        def opened(create: bool) -> Engine:
            return OpenSearchEngine(self._connection, index, spread if create else None)

        return GuardedEngine(opened, spread is not None, partial(_as_error, self.address))

    def publish(self, engine: str, generation: int, articles: int, changes: int = 0) -> None:
        """Make this generation, as it is now, the one that readers use, unless there is a newer one.

        Others may have published since: what they kept stays, but for what this one has kept. A generation that several
        build stays unseen. Raises IndexMissing if it was given up, or if another one was switched to.
        """
        pending = {name: self._put_blob(content) for name, (content, _) in self._pending.get(generation, {}).items()}
        now = _now()

        def changed(before: Manifest | None) -> Manifest:
            files = {**before.files, **pending} if before and before.generation == generation else pending
            files = {name: files[name] for name in files.keys() - outdated(files)}
            new = Manifest(engine, schema.VERSION, analysis.VERSION, articles, generation, now, files, changes=changes)
            return before if before and new.is_as(before) else new

        def used(before: Manifest | None) -> Manifest:
            if generation not in self._created and (before is None or before.generation != generation):
                raise self._manifests.gone(generation)
            return changed(before)

        begun = self.being_rebuilt()
        if begun and begun.generation == generation:
            self._manifests.put(REBUILD, changed)
        elif self._manifests.use(generation, used):
            self._name(generation)
        for content, _ in self._pending.pop(generation, {}).values():
            if self._state.blob_written(checksum_of_bytes(content)) is None:  # before it was named, another one swept
                self._put_blob(content)

    def being_rebuilt(self) -> Manifest | None:
        """The manifest of the generation in which several build the archive anew, None if none is begun.

        Nor is one that is in use: who switched to it may have been killed before noting so.
        """
        begun, in_use = self._manifests.readable(REBUILD), self._manifests.readable(MANIFEST)
        return None if begun is None or (in_use and in_use.generation >= begun.generation) else begun

    def begin_rebuild(self) -> int:
        """Begin a generation in which several build the archive anew; its number. Raises RebuildBegun."""
        current = self._manifests.readable(MANIFEST)
        number = self.next_generation(current)
        self.create_engine(number, None, current)[1].close()

        def begun(before: Manifest | None) -> Manifest:
            if before and (current is None or before.generation > current.generation):
                raise RebuildBegun(self.address)
            return Manifest(ENGINE, schema.VERSION, analysis.VERSION, 0, number, _now())

        try:
            self._manifests.put(REBUILD, begun)
        except RebuildBegun:
            other = self._manifests.readable(REBUILD)
            if other is None or other.generation != number:  # of two that begin at once both may take one number
                self.discard(number)
            raise
        return number

    def switch(self) -> None:
        """Have readers use what several have built; what was killed in it is done again to its end.

        Raises RebuildMissing if there is nothing.
        """
        begun = self._manifests.readable(REBUILD)
        if begun is None:
            raise RebuildMissing(self.address)
        generation = begun.generation
        while begun:  # again, if a run has published what it built meanwhile
            self._manifests.use(generation, partial(_later, begun))
            begun = self._manifests.end_rebuild(begun)
        self._name(generation)
        self.sweep(generation)

    def give_up_rebuild(self) -> None:
        """Remove what several were building. Raises RebuildMissing if there is nothing."""
        begun = self.being_rebuilt()
        if begun is None:
            raise RebuildMissing(self.address)
        while left := self._manifests.end_rebuild(begun):
            begun = left
        self.discard(begun.generation)

    def _name(self, generation: int) -> None:
        """Have other programs find the articles of this generation by the name of the archive."""
        name = self._parsed.name
        actions = [
            {"remove": {"index": f"{name}.g*", "alias": name, "must_exist": False}},
            {"add": {"index": self._index(generation), "alias": name}},
        ]
        self._connection.write("POST", "/_aliases", {"actions": actions})

    def snapshot(self, manifest: Manifest, kind: str) -> Path | None:
        """The copy of a snapshot on this machine, None if a newer commit has removed it. Raises IndexDamaged."""
        name = snapshot_name(manifest.files, kind)
        if name is None:
            raise self._damaged(f"The snapshot of {kind}")
        sum = manifest.files[name]
        path = copies.copy_of(self.local, sum, lambda: self._state.blob(sum))
        if path is None:
            newer = self.manifest()
            if newer is None or sum in newer.files.values():
                raise self._damaged(name)
        return path

    def snapshots_age(self, generation: int) -> float:
        """How many seconds ago the snapshots of a generation were computed; endless if one is wanting."""
        return max(self.kept_age(generation, kind) for kind in KINDS)

    def kept_age(self, generation: int, kind: str) -> float:
        """The same of one kind of them, or of what else was kept."""
        pending = self._pending.get(generation, {})
        if name := snapshot_name(pending, kind):
            return time.time() - pending[name][1]
        files = self._manifests.files(generation)
        name = snapshot_name(files, kind)
        written = self._state.blob_written(files[name]) if name else None
        return math.inf if written is None else max(0.0, time.time() - written)

    def write_snapshots(self, generation: int, engine: Engine) -> None:
        """Compute snapshots from what the engine looks at; `publish` makes them those that readers use."""
        for kind, compute in KINDS.items():
            self.keep(generation, kind, compute(engine))

    def keep(self, generation: int, kind: str, content: bytes) -> None:
        """Keep a value of any kind; `publish` makes it the one in use."""
        pending = self._pending.setdefault(generation, {})
        number = next_number([*self._manifests.files(generation), *pending])
        pending[name_of(kind, number)] = content, time.time()

    def _put_blob(self, content: bytes) -> str:
        sum = checksum_of_bytes(content)
        self._state.put_blob(sum, content)
        return sum

    def kept(self, generation: int, kind: str) -> bytes | None:
        """The value in use, None if there is none. Raises IndexDamaged if it is not as it was written."""
        files = self._manifests.files(generation)
        name = snapshot_name(files, kind)
        if name is None:
            return None
        content = self._state.blob(files[name])
        if content is None or checksum_of_bytes(content) != files[name]:
            raise self._damaged(name)
        return content

    def next_generation(self, current: Manifest | None) -> int:
        """The number of a generation that nobody has begun; a new archive may be begun by several at once.

        Raises RebuildBegun if several build its first one, which is to be switched to.
        """
        if not self._manifests.exists():
            if self._manifests.readable(REBUILD):
                raise RebuildBegun(self.address)
            return 1
        return max((*generations(self._connection, self._parsed.name), current.generation if current else 0)) + 1

    def sweep(self, keep: int | None) -> None:  # noqa: ARG002 - others write, too: what is in use is asked
        """Remove older generations than that in use, and what killed runs left; a newer one may be in the making."""
        in_use = self._manifests.readable(MANIFEST)
        if in_use is None:
            return
        for number in generations(self._connection, self._parsed.name):
            if number < in_use.generation:
                self.discard(number)
        self._state.sweep_blobs(self._named)
        copies.sweep(self.local)

    def discard(self, generation: int) -> None:
        """Remove a generation."""
        self._pending.pop(generation, None)
        index = self._index(generation)
        with suppress(IndexMissing):
            self._connection.write("DELETE", f"/{index},{index}.words", None, {"ignore_unavailable": "true"})

    def forget_documents(self) -> None:
        """Remove what is known of documents on this machine; the next run reads all of them."""
        forget_ledger(self.local)

    def purge(self) -> None:
        """Leave nothing of what was deleted or replaced, of snapshots and values not in use, here and in the cluster.

        Other machines may have copies of snapshots. Raises NotForgotten.
        """
        self._state.sweep_blobs(self._named, 0.0)
        articles = [self._index(manifest.generation) for manifest in self._in_use()]
        purge(self._connection, (self._state.index, *articles, *(f"{index}.words" for index in articles)))
        copies.sweep(self.local, 0.0)

    def _named(self) -> set[str]:
        """The blobs that a manifest names."""
        return {sum for manifest in self._in_use() for sum in manifest.files.values()}

    def _in_use(self) -> list[Manifest]:
        """The manifests of the generation that readers use, and of one that several build."""
        manifests = (self._manifests.readable(name) for name in (MANIFEST, REBUILD))
        return [manifest for manifest in manifests if manifest]

    def unfinished(self, generation: int) -> nullcontext[None]:  # noqa: ARG002 - there is nothing to note
        """A killed run leaves whole articles, and the next one makes good what is missing."""
        return nullcontext()

    def locked(self) -> nullcontext[None]:
        """Anybody may write."""
        return nullcontext()

    def verify(self) -> CheckReport:
        """Compare what the manifest names with its check sums, and ask whether all shards are there."""
        manifest = self.manifest()
        if manifest is None:
            raise self.missing()
        damaged = [MANIFEST] * (manifest.checksum != manifest.expected_checksum())
        missing = list[str]()
        for name, sum in sorted(manifest.files.items()):
            content = self._state.blob(sum)
            if content is None:
                missing.append(name)
            elif checksum_of_bytes(content) != sum:
                damaged.append(name)
        lost, shards = self._lost_shards(manifest.generation)
        return CheckReport(self.address, 1 + len(manifest.files) + shards, tuple(damaged), (*missing, *lost))

    def _lost_shards(self, generation: int) -> tuple[list[str], int]:
        """The shards that no node has, and the number of all."""
        lost, number = list[str](), 0
        for index in (self._index(generation), f"{self._index(generation)}.words", f"{self._parsed.name}.state"):
            rows = self._connection.ask("GET", f"/_cat/shards/{index}", None, {"format": "json"})
            primaries = [row for row in rows if row["prirep"] == "p"]
            lost += [f"{index}, shard {row['shard']}" for row in primaries if row["state"] not in SERVING]
            number += len(primaries)
        return lost, number

    def bytes(self) -> int:
        """The size of all that the cluster keeps of the archive, with all copies."""
        found = self._connection.ask("GET", f"/{self._parsed.name}.*/_stats/store")
        return int(found["_all"]["total"]["store"]["size_in_bytes"])

    def missing(self) -> IndexMissing:
        """The error for a cluster without this archive."""
        return IndexMissing(
            f"There is no archive at {self.address}. Build one with: nachlese index SOURCE --index '{self.address}'"
        )

    def _index(self, generation: int) -> str:
        return f"{self._parsed.name}.g{generation:06}"

    def _damaged(self, name: str) -> IndexDamaged:
        return IndexDamaged(f"{name} of the archive at {self.address} is damaged or missing. {remedy(self.address)}")


def _later(built: Manifest, before: Manifest | None) -> Manifest:
    """What readers shall use of a generation that was built: what was published last, and all that was kept."""
    if before is None or before.generation != built.generation:
        return built
    first, last = sorted((before, built), key=lambda manifest: manifest.committed)
    files = {**first.files, **last.files}
    return replace(last, files={name: files[name] for name in files.keys() - outdated(files)})


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def _as_error(address: str, error: BaseException, writing: bool) -> NachleseError:  # noqa: ARG001 - all are told alike
    return cluster_error(address, error) if isinstance(error, Exception) else IndexDamaged(str(error))
