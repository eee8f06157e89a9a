"""A real OpenSearch of one node or several, on this machine, for those who started it only.

    python -m tests.cluster.server 3         starts three nodes, says where they are, and runs until Ctrl-C

OPENSEARCH_VERSION names another release than the newest that the machine's Java runs, OPENSEARCH_HEAP another heap.

A cluster is a folder: any process that knows it can ask its nodes, kill them and start them again.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from random import Random
from typing import Any

from tests.cluster import minder
from tests.cluster.java import NOBODY, Missing, as_whom
from tests.cluster.layout import PROJECT, choose, lay_out

HERE = "127.0.0.1"
PORTS = range(12_000, 32_000)  # below those that the system gives to whoever asks for any
START = 300.0  # seconds until all nodes have found each other
ANSWER = 40.0  # seconds until a node answers
STUCK = 15.0  # seconds after which a copy that has not begun to be made is begun anew
HEAP = os.environ.get("OPENSEARCH_HEAP") or "384m"  # enough for the articles of the tests

CONFIGURATION = """cluster.name: nachlese-tests
node.name: {name}
network.host: 127.0.0.1
http.port: {http}
transport.port: {transport}
path.data: {folder}/data
path.logs: {folder}/logs
discovery.seed_hosts: {seeds}
cluster.initial_cluster_manager_nodes: {names}
node.processors: 2
cluster.routing.allocation.disk.threshold_enabled: false
bootstrap.memory_lock: false
"""
LOGGING = """status = error
appender.console.type = Console
appender.console.name = console
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = [%d{ISO8601}][%-5p][%c{1.}] %m%n
rootLogger.level = info
rootLogger.appenderRef.console.ref = console
"""
# The first tier of the compiler only: a server that lives for minutes starts in half of the time.
MACHINE = (
    f"-Xms{HEAP} -Xmx{HEAP} -Xss1m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:MaxDirectMemorySize=256m "
    "-Djava.awt.headless=true -Dfile.encoding=UTF-8 -Djna.nosys=true -Dio.netty.noUnsafe=true "
    "-Dio.netty.noKeySetOptimization=true -Dio.netty.recycler.maxCapacityPerThread=0 "
    "-Dio.netty.allocator.numDirectArenas=0 -Dlog4j.shutdownHookEnabled=false -Dlog4j2.disable.jmx=true "
    "-Dopensearch.distribution.type=tar -Dopensearch.bundled_jdk=false"
)


class Failed(Exception):
    """A server did not start; the message has the end of what it told."""


@dataclass(frozen=True)
class Node:
    """One server of a cluster: its folder, where it listens for HTTP, and what starts it."""

    folder: Path
    port: int
    command: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.folder.name

    @property
    def host(self) -> str:
        return f"{HERE}:{self.port}"

    @property
    def process(self) -> int | None:
        """The number of its process, None if it does not run."""
        try:
            process = int((self.folder / "pid").read_text())
            os.kill(process, 0)
        except (FileNotFoundError, ProcessLookupError):
            return None
        return process

    def ask(self, path: str, method: str = "GET", body: Any = None, patience: float = ANSWER) -> Any:
        """What the node answers, as JSON. Raises OSError or HTTPException if it does not, or not in so many seconds."""
        connection = self.connect(patience)
        try:
            sent = None if body is None else json.dumps(body)
            connection.request(method, path, sent, {"Content-Type": "application/json", **self.login()})
            return json.loads(connection.getresponse().read())
        finally:
            connection.close()

    def connect(self, patience: float) -> HTTPConnection:
        """A connection to it, which is made with the first request."""
        return HTTPConnection(HERE, self.port, timeout=patience)

    def login(self) -> dict[str, str]:
        """The headers that say who asks."""
        return {}

    def start(self, watched: int) -> None:
        """Start it; it ends when the watched process does."""
        (self.folder / "pid").unlink(missing_ok=True)
        subprocess.run([sys.executable, minder.__file__, f"{watched}", self.folder, *self.command], check=True)
        while not (self.folder / "pid").exists():
            time.sleep(0.01)

    def kill(self) -> None:
        """End it at once, as if its machine had lost its power."""
        self.signal(signal.SIGKILL)
        while self.process is not None:
            time.sleep(0.01)

    def signal(self, signal: signal.Signals) -> None:
        """Send its process a signal."""
        if process := self.process:
            os.kill(process, signal)

    def processor_seconds(self) -> float:
        """How much time of a processor it has taken."""
        fields = Path(f"/proc/{self.process}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def most_memory(self) -> int:
        """The most memory that it has had, in megabytes."""
        lines = Path(f"/proc/{self.process}/status").read_text().splitlines()
        return next(int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM"))

    def told(self) -> str:
        """The end of its log."""
        return (self.folder / "out.log").read_text(encoding="utf-8", errors="replace")[-3000:]


@dataclass(frozen=True)
class Cluster:
    """The nodes of one cluster; `watched` is the process with which all of them end."""

    folder: Path
    version: str
    watched: int
    nodes: tuple[Node, ...]

    @classmethod
    def prepare(cls, folder: Path, number: int, watched: int, version: str | None = None) -> Cluster:
        """Lay out a cluster of so many nodes in an empty folder; nothing runs yet. Raises Missing."""
        release, java = choose(version or os.environ.get("OPENSEARCH_VERSION"))
        home = lay_out(release)
        if os.geteuid() == 0:  # nobody may not look into the folder of the project
            home = shutil.copytree(home, folder / "opensearch")
        ports = _free_ports(2 * number)
        nodes = []
        for place in range(number):
            own = folder / f"node{place + 1}"
            _configure(own, ports[place], ports[number:], place)
            nodes.append(Node(own, ports[place], _command(java, home, own)))
        made = cls(folder, release.version, watched, tuple(nodes))
        made._write()
        return made

    @classmethod
    def read(cls, folder: Path) -> Cluster:
        """The cluster in a folder."""
        kept = json.loads((folder / "cluster.json").read_text(encoding="utf-8"))
        nodes = tuple(Node(folder / name, port, tuple(command)) for name, port, command in kept["nodes"])
        return cls(folder, kept["version"], kept["watched"], nodes)

    def _write(self) -> None:
        nodes = [(node.name, node.port, node.command) for node in self.nodes]
        kept = {"version": self.version, "watched": self.watched, "nodes": nodes}
        (self.folder / "cluster.json").write_text(json.dumps(kept), encoding="utf-8")

    @property
    def hosts(self) -> str:
        """All nodes, as an address names them."""
        return ",".join(node.host for node in self.nodes)

    def start(self) -> None:
        """Start every node that does not run, and wait until all is well. Raises Failed."""
        for node in self.nodes:
            if node.process is None:
                node.start(self.watched)
        self.wait_until_green()

    def wait_until_green(self, patience: float = START) -> None:
        """Wait until all nodes have found each other and hold all copies. Raises Failed."""
        asked = f"/_cluster/health?wait_for_status=green&wait_for_nodes={len(self.nodes)}&timeout=1s"
        end = time.monotonic() + patience
        look = time.monotonic() + STUCK
        while time.monotonic() < end:
            for node in self.nodes:
                if node.process is None:
                    raise Failed(f"{node.name} has ended: {node.told()}")
            try:
                if self.nodes[0].ask(asked).get("timed_out") is False:
                    return
                if time.monotonic() > look:
                    self._begin_copies_anew()
                    look = time.monotonic() + STUCK
            except (OSError, HTTPException, ValueError):
                time.sleep(0.1)
        raise Failed(f"The cluster is not green after {patience:.0f} s: {self.nodes[0].told()}")

    def _begin_copies_anew(self) -> None:
        """Have copies made that wait for a node which was restarted meanwhile; by itself that takes very long."""
        rows = self.nodes[0].ask("/_cat/recovery?active_only=true&format=json&time=ms")
        if isinstance(rows, dict):  # an error: they have not found each other yet
            return
        for row in rows:
            if row["stage"] == "init" and int(row["time"].removesuffix("ms")) > 1000 * STUCK:
                cancelled = {"index": row["index"], "shard": int(row["shard"]), "node": row["target_node"]}
                self.nodes[0].ask("/_cluster/reroute", "POST", {"commands": [{"cancel": cancelled}]})

    def manager(self) -> Node:
        """The node that manages the cluster now."""
        running = next(node for node in self.nodes if node.process is not None)
        (row,) = running.ask("/_cat/cluster_manager?format=json")
        return next(node for node in self.nodes if node.name == row["node"])


def _free_ports(number: int) -> list[int]:
    """So many ports that nobody listens at; they stay ours while a node is away, as nobody is given them."""
    found: list[int] = []
    for port in Random().sample(PORTS, len(PORTS)):
        with socket.socket() as tried:
            if tried.connect_ex((HERE, port)):
                found.append(port)
        if len(found) == number:
            break
    return found


def _configure(folder: Path, port: int, transports: list[int], place: int) -> None:
    """The folder of a node, for which its user may do all."""
    for name in ("config", "data", "logs", "tmp"):
        (folder / name).mkdir(parents=True)
    names = [f"node{number + 1}" for number in range(len(transports))]
    configuration = CONFIGURATION.format(
        name=names[place], http=port, transport=transports[place], folder=folder, names=json.dumps(names),
        seeds=json.dumps([f"{HERE}:{transport}" for transport in transports]),
    )  # fmt: skip
    (folder / "config" / "opensearch.yml").write_text(configuration, encoding="utf-8")
    (folder / "config" / "log4j2.properties").write_text(LOGGING, encoding="utf-8")
    (folder / "config" / "jvm.options").touch()
    hand_over(folder)


def hand_over(folder: Path) -> None:
    """Have a folder belong to whom its node runs as."""
    if os.geteuid() == 0:
        for path in (folder, *folder.rglob("*")):
            os.chown(path, NOBODY, NOBODY)


def _command(java: Path, home: Path, folder: Path) -> tuple[str, ...]:
    places = (
        f"-Djava.io.tmpdir={folder}/tmp", f"-Djna.tmpdir={folder}/tmp", f"-Dopensearch.path.home={home}",
        f"-Dopensearch.path.conf={folder}/config", "-cp", f"{home}/lib/*",
    )  # fmt: skip
    return (*as_whom(), f"{java}", *MACHINE.split(), *places, "org.opensearch.bootstrap.OpenSearch")


def folder_for(number: int, watched: int) -> Path:
    """Where the cluster of so many nodes lies that runs for a process; nobody must be able to look into it."""
    status = Path(f"/proc/{watched}/stat")  # has when it began: what was left of one of the same number is not taken
    began = status.read_text().rpartition(")")[2].split()[19] if status.exists() else ""
    return Path(tempfile.gettempdir()) / f"nachlese-cluster-{number}-{watched}-{began}"


def remove_old() -> None:
    """Remove what is left of clusters whose process has ended, and whose minders were killed with it."""
    for folder in Path(tempfile.gettempdir()).glob("nachlese-cluster-*-*-*"):
        number, watched = folder.name.split("-")[2:4]
        if folder != folder_for(int(number), int(watched)):
            shutil.rmtree(folder, ignore_errors=True)


def begin(folder: Path, number: int, watched: int) -> None:
    """Start a cluster for a process in the background, unless somebody did; `ready` waits for it."""
    remove_old()
    try:
        folder.mkdir(mode=0o755)
    except FileExistsError:
        return
    command = [sys.executable, "-m", "tests.cluster.server", f"{number}", f"{folder}", f"{watched}"]
    subprocess.run(command, cwd=PROJECT, check=True)


def ready(folder: Path) -> Cluster:
    """The cluster that was begun in a folder, once it runs. Raises Missing or Failed."""
    end = time.monotonic() + 4 * START  # laying it out takes long the first time
    while not (folder / "state").exists():
        if time.monotonic() > end:
            raise Failed(f"Nothing was heard of the server in {folder}")
        time.sleep(0.05)
    match json.loads((folder / "state").read_text(encoding="utf-8")):
        case {"missing": text}:
            raise Missing(text)
        case {"failed": text}:
            raise Failed(text)
    return Cluster.read(folder)


def _run(folder: Path, number: int, watched: int) -> None:
    """Start a cluster, and leave a note how that went."""
    try:
        Cluster.prepare(folder, number, watched).start()
        state = {}
    except Missing as error:
        state = {"missing": str(error)}
    except Exception as error:  # noqa: BLE001 - whatever went wrong is told to those who wait
        state = {"failed": f"{type(error).__name__}: {error}"}
    (folder / "state.draft").write_text(json.dumps(state), encoding="utf-8")
    (folder / "state.draft").rename(folder / "state")


def main(number: int, folder: str = "", watched: str = "") -> None:
    """Run in the background for another process, or in the foreground until Ctrl-C."""
    if watched:
        if os.fork() == 0:
            os.setsid()
            _run(Path(folder), number, int(watched))
        return
    own = folder_for(number, os.getpid())
    begin(own, number, os.getpid())
    print(f"opensearch://{ready(own).hosts}/archive", flush=True)
    signal.pause()


if __name__ == "__main__":
    main(int(sys.argv[1]), *sys.argv[2:])
