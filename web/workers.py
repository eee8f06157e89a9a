"""Several processes that do the same work. One that dies is replaced; none outlives its parent.

For systems that can fork. Signals are not handled as they come but held back and waited for, one
at a time, so nothing can happen between two steps.
"""

from __future__ import annotations

import gc
import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_log = logging.getLogger(__name__)
_STOPS = {signal.SIGTERM, signal.SIGINT}
_AWAITED = _STOPS | {signal.SIGCHLD, signal.SIGALRM}
_SHORTEST_LIFE = 1  # seconds; what ended a process sooner would end the next one, too, so that waits as long
_LONGEST_STOP = 15  # seconds that processes which were asked to stop get until they are killed


def keep(number: int, work: Callable[[], None], started: Callable[[], object]) -> None:
    """Have `number` processes do `work` until SIGTERM or SIGINT; `started` is called when they were started.

    The work is stopped by SIGTERM; asked to stop a second time, or after _LONGEST_STOP, it is killed.
    Call this from the main thread, before there are others: a fork has only the one that made it.
    """
    gc.collect()
    gc.freeze()  # the collector would write to what is loaded, and so make copies of it in each process
    with _held_signals():
        crew = _Crew(number, work)
        try:
            crew.fill()
            started()
            while (noted := signal.sigwait(_AWAITED)) not in _STOPS:
                if noted == signal.SIGALRM or crew.bury() >= _SHORTEST_LIFE:
                    crew.fill()
                else:
                    signal.alarm(_SHORTEST_LIFE)
        finally:
            crew.dismiss()


@contextmanager
def _held_signals() -> Iterator[None]:
    """Inside, the signals that we wait for do nothing but wait for us."""
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, _AWAITED)
    # Some systems forget a signal that is ignored, even if it is held back; none does so if there is a handler.
    before = {number: signal.signal(number, lambda *_: None) for number in _AWAITED}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)


class _Crew:
    """The processes that live, and since when."""

    def __init__(self, number: int, work: Callable[[], None]) -> None:
        self._number = number
        self._work = work
        self._since: dict[int, float] = {}
        # Only the parent holds the end to write to, so the others read its end when the parent is gone.
        self._lifeline, self._held = os.pipe()

    def fill(self) -> None:
        """Start as many processes as are missing."""
        while len(self._since) < self._number:
            sys.stdout.flush()
            sys.stderr.flush()
            if pid := os.fork():
                self._since[pid] = time.monotonic()
            else:
                self._live()

    def bury(self) -> float:
        """Forget the processes that have ended; the seconds that the shortest of these lives lasted."""
        shortest = float("inf")
        for pid, code, lived in self._ended():
            _log.warning("Process %d ended with %d; another one takes its place.", pid, code)
            shortest = min(shortest, lived)
        return shortest

    def dismiss(self) -> None:
        """Stop all processes and wait until they have ended."""
        self._send(signal.SIGTERM)
        signal.alarm(_LONGEST_STOP)
        while self._since and signal.sigwait(_AWAITED) == signal.SIGCHLD:
            list(self._ended())
        signal.alarm(0)
        self._send(signal.SIGKILL)
        for pid in self._since:
            os.waitpid(pid, 0)

    def _ended(self) -> Iterator[tuple[int, int, float]]:
        """The processes that have ended since last asked: number, exit code, seconds lived."""
        for pid in list(self._since):
            ended, status = os.waitpid(pid, os.WNOHANG)
            if ended:
                yield pid, os.waitstatus_to_exitcode(status), time.monotonic() - self._since.pop(pid)

    def _send(self, number: signal.Signals) -> None:
        for pid in self._since:
            os.kill(pid, number)

    def _live(self) -> None:
        """What a forked process does: work, and never return to what its parent was doing."""
        code = 1
        try:
            os.close(self._held)
            for number in _AWAITED:
                signal.signal(number, signal.SIG_DFL)
            # Ctrl-C reaches all processes of a terminal; ours leave it to the parent to stop them.
            signal.pthread_sigmask(signal.SIG_UNBLOCK, _AWAITED - {signal.SIGINT})
            threading.Thread(target=_stop_with, args=(self._lifeline,), daemon=True).start()
            self._work()
            code = 0
        except Exception:  # noqa: BLE001 - whatever it is, it must not go on into what the parent was doing
            _log.exception("Process %d fails.", os.getpid())
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)


def _stop_with(lifeline: int) -> None:
    """Stop this process when nothing can be written to the pipe any more."""
    os.read(lifeline, 1)
    os.kill(os.getpid(), signal.SIGTERM)
