"""The processes that answer, kept by granian.

One that dies or grows too large is replaced, and none outlives its parent.
"""

from __future__ import annotations

import logging
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing import parent_process, set_start_method
from pathlib import Path
from typing import Any

from granian.constants import HTTPModes, Interfaces, Loops, RuntimeModes
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.net import SocketHolder
from granian.server.mp import MPServer

from web.operation.memory import own_memory
from web.operation.protocol import LARGEST_HEADER

_log = logging.getLogger(__name__)
BACKLOG = 2048  # connections that may wait to be accepted
MOST_CONNECTIONS = 8192  # of a process; more wait until others end
_OTHER_FILES = 128  # that a process may have open beside its connections: index, lexicon, libraries
LONGEST_HEADER_WAIT = 10  # seconds; also how long an idle connection is kept
_LONGEST_STOP = 15  # seconds that processes which were asked to stop get until they are killed
_SHORTEST_LIFE = 1.0  # seconds; what ended a process at once would end the next one, too
_OVERLAP = 3.0  # seconds in which the successor of a process gets ready while that one still answers
_MEMORY_INTERVAL = 10  # seconds
_LONGEST_SILENCE = 30_000  # milliseconds that a client may take nothing of an answer until its connection is closed
_KILLED = 9
_STOPS = (signal.SIGTERM, signal.SIGINT)


@dataclass(frozen=True, slots=True)
class Crew:
    """How many processes answer, and how much memory (MiB, 0: any) each may take.

    `certificate` and `key` are files in PEM; with them the server speaks HTTPS.
    """

    processes: int
    memory: int = 0
    certificate: Path | None = None
    key: Path | None = None


class Workers(MPServer):
    """granian's processes, but all of them accept from one socket.

    granian gives each process a socket of its own (SO_REUSEPORT). What the system has put into the queue of a
    process is lost if that one dies, and waits if it is busy; and a second server on the same port would silently
    share its readers.
    """

    def __init__(self, listening: socket.socket, crew: Crew) -> None:
        host, port = listening.getsockname()[:2]
        super().__init__(
            "nachlese",
            host,
            port,
            interface=Interfaces.ASGINL,
            workers=crew.processes,
            websockets=False,
            loop=Loops.asyncio,
            runtime_mode=RuntimeModes.st,  # the other one may miss that it has ended (a notice before it is waited for)
            http=HTTPModes.http1,
            backlog=BACKLOG,
            backpressure=_most_connections(),
            http1_settings=HTTP1Settings(
                header_read_timeout=LONGEST_HEADER_WAIT * 1000, max_buffer_size=LARGEST_HEADER
            ),
            log_level=LogLevels.error,
            log_dictconfig=_logging(),
            ssl_cert=crew.certificate,
            ssl_key=crew.key,
            respawn_failed_workers=True,
            respawn_interval=_OVERLAP,
            rss_sample_interval=_MEMORY_INTERVAL,
            workers_max_rss=crew.memory or None,
            workers_kill_timeout=_LONGEST_STOP,
        )
        self._listening = listening
        self._memory = crew.memory
        self._measuring = False

    def _init_shared_socket(self) -> None:
        if sys.platform == "linux":
            self._ssp = self._sso = None
            self._shd = SocketHolder(self._listening.fileno(), False, BACKLOG)
        else:
            self._listening.close()  # granian opens its own, and passes it on
            super()._init_shared_socket()

    def _write_pidfile(self) -> None:
        super()._write_pidfile()
        if sys.platform == "linux":
            self._rss_collector = _OwnMemory()

    def _handle_rss_signal(self, spawn_target: Any, target_loader: Any) -> None:
        self._measuring = True
        super()._handle_rss_signal(spawn_target, target_loader)
        self._measuring = False
        self._notice_the_dead()

    def _respawn_workers(self, workers: Sequence[int], spawn_target: Any, target_loader: Any, delay: float = 0) -> None:
        for place in workers:
            _log.warning("%s; another one takes its place.", self._why(self.wrks[place].inner))
        super()._respawn_workers(workers, spawn_target, target_loader, delay)
        self.respawned_wrks.clear()  # granian gives up if one dies twice in a few seconds; a stranger might manage that
        time.sleep(_SHORTEST_LIFE)
        self._notice_the_dead()

    def _why(self, process: Any) -> str:
        if process.exitcode is not None:
            return f"Process {process.pid} ended with {process.exitcode}"
        if self._measuring:
            return f"Process {process.pid} takes more than {self._memory} MiB (NACHLESE_MEMORY)"
        return f"Process {process.pid} is old"  # SIGHUP

    def _notice_the_dead(self) -> None:
        """granian may miss a process that dies while another one is replaced."""
        for worker in self.wrks:
            if not worker.is_alive() and worker.idx not in self.interrupt_children:
                self.interrupt_children.append(worker.idx)
        if self.interrupt_children:
            self.main_loop_interrupt.set()

    def _spawn_workers(self, spawn_target: Any, target_loader: Any) -> None:
        if sys.platform == "win32":
            super()._spawn_workers(spawn_target, target_loader)
            return
        before = signal.pthread_sigmask(signal.SIG_BLOCK, _STOPS)  # until each process can heed them
        super()._spawn_workers(spawn_target, target_loader)
        signal.pthread_sigmask(signal.SIG_SETMASK, before)

    def _stop_workers(self) -> None:
        processes = [worker.inner for worker in self.wrks]
        super()._stop_workers()
        for process in processes:
            if process.exitcode == -_KILLED:
                _log.warning("Process %d did not end in %d s and was killed.", process.pid, _LONGEST_STOP)

    def shutdown(self, exit_code: int = 0) -> None:
        """End the processes; those that the terminal's Ctrl-C has reached first have not failed."""
        self.interrupt_children.clear()
        super().shutdown(exit_code)


class _OwnMemory:
    """What granian asks for the memory of processes."""

    def memory(self, pids: Sequence[int]) -> dict[int, int]:
        """Bytes of each process; those that have ended are left out."""
        return own_memory(pids)


def keep(listening: socket.socket, crew: Crew, load: Callable[[], Any], started: Callable[[], object]) -> None:
    """Have processes answer with the application that `load` makes in each, until SIGTERM or SIGINT.

    `started` is called when they are about to be. Call this from the main thread, which alone gets signals.
    """
    if sys.platform == "linux":
        set_start_method("fork", force=True)  # what is loaded before lies in memory once
    workers = Workers(listening, crew)
    workers.on_startup(started)
    workers.serve(target_loader=load, wrap_loader=False)


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens at the first address of a host. Raises OSError if that cannot be used."""
    family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    listening = socket.create_server(address[:2], family=family, backlog=BACKLOG)
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    if hasattr(socket, "TCP_USER_TIMEOUT"):  # accepted connections inherit it
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, _LONGEST_SILENCE)
    return listening


def _most_connections() -> int:
    """How many connections a process may have, after it was allowed as many open files as the system lets it."""
    if sys.platform == "win32":
        return MOST_CONNECTIONS
    import resource

    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    if most == resource.RLIM_INFINITY or most > MOST_CONNECTIONS * 2:
        most = MOST_CONNECTIONS * 2
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
    return max(1, min(MOST_CONNECTIONS, most - _OTHER_FILES))


def become_worker(tidy_up: Callable[[], object]) -> None:
    """Have this process stop when its parent has ended, in whichever way, and heed signals to stop, in a thread.

    `tidy_up` does before what the parent did not, if that was killed. A process that has just been forked has the
    parent's handlers, which would only note a signal in its copy of the parent.
    """
    if sys.platform != "win32":
        for stop in _STOPS:
            signal.signal(stop, signal.SIG_DFL)  # until granian sets its own
        signal.pthread_sigmask(signal.SIG_BLOCK, _STOPS)  # of all threads to come, too
        threading.Thread(target=_heed, daemon=True).start()
    if parent := parent_process():
        threading.Thread(target=_stop_after, args=(parent, tidy_up), daemon=True).start()


def _heed() -> None:
    """Hand the first signal to stop on to granian; one that comes while the process ends would be told as an error."""
    signal.sigwait(_STOPS)
    if signal.getsignal(signal.SIGTERM) == signal.SIG_DFL:
        os._exit(0)  # nothing is answered yet
    signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGTERM])
    signal.raise_signal(signal.SIGTERM)  # which wakes up the loop, whatever thread gets it
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGTERM])


def _stop_after(parent: Any, tidy_up: Callable[[], object]) -> None:
    parent.join()
    tidy_up()
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(_LONGEST_STOP)
    os._exit(1)


def _is_news(record: logging.LogRecord) -> bool:
    """Whether a message of granian's is worth a line.

    That a process has ended is told by us, with the reason. granian says so, too, but calls each end unexpected that
    comes before its own request: those of Ctrl-C, which reaches parent and children at once.
    """
    return not record.getMessage().startswith("Unexpected exit")


def _logging() -> dict[str, Any]:
    """granian's messages, on standard error as all of ours."""
    return {
        "formatters": {"plain": {"format": "%(message)s"}},
        "filters": {"news": {"()": lambda: _is_news}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["news"]}},
        "loggers": {"_granian": {"handlers": ["stderr"], "propagate": False}},
    }
