"""The other end of a worker: starts an engine's process, sends commands, watches its memory."""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from contextlib import suppress
from types import TracebackType
from typing import Any, Self

from bench.peers.material import PROJECT
from bench.peers.memory import Watch, family
from bench.peers.processor import processor_seconds

END_SECONDS = 20


class PeerFailed(Exception):
    """An engine that could not do what it was told; the message says why in one line."""


class Worker:
    """A running process of an engine; use it in a `with` block, which ends it and all it started."""

    def __init__(self, command: Sequence[str]) -> None:
        self._errors = tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace")  # noqa: SIM115 - closed by exit
        try:
            self._process = subprocess.Popen(
                command, cwd=PROJECT, text=True, encoding="utf-8",
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._errors,
            )  # fmt: skip
        except OSError as error:
            raise PeerFailed(f"{command[0]}: {error.strerror}") from error
        self._answers: queue.Queue[str] = queue.Queue()
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        self._is_stuck = False
        self.memory = Watch(self._process.pid)

    def ask(self, do: str, patience: float = 600, **values: Any) -> dict[str, Any]:
        """The answer to a command, with `processor`, the seconds of processors that it took.

        Raises PeerFailed if the process ends or takes more seconds than `patience`.
        """
        assert self._process.stdin is not None
        before = processor_seconds(self._process.pid)
        try:
            self._process.stdin.write(json.dumps({"do": do, **values}, default=str) + "\n")
            self._process.stdin.flush()
            line = self._answers.get(timeout=patience)
        except queue.Empty:
            self._is_stuck = True
            raise PeerFailed(f"gave up after {patience:,.0f} s") from None
        except OSError:
            line = ""
        if not line:
            raise PeerFailed(self._last_words())
        answer: dict[str, Any] = json.loads(line)
        return {**answer, "processor": round(processor_seconds(self._process.pid) - before, 2)}

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._answers.put(line)
        self._answers.put("")

    def _last_words(self) -> str:
        self._process.wait(END_SECONDS)
        self._errors.seek(0)
        lines = [line.strip() for line in self._errors if line.strip()]
        return lines[-1] if lines else f"ended with {self._process.returncode}"

    def _end(self, patience: float) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write('{"do": "end"}\n')
        self._process.stdin.close()
        self._process.wait(patience)

    def _kill(self) -> None:
        for pid in reversed(family(self._process.pid)):
            with suppress(ProcessLookupError):  # it may have ended with the one before
                os.kill(pid, signal.SIGKILL)
        self._process.wait()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.memory.stop()
        try:
            self._end(patience=0 if error or self._is_stuck else END_SECONDS)
        except (OSError, subprocess.TimeoutExpired):
            self._kill()
        assert self._process.stdout is not None
        self._listener.join(END_SECONDS)
        self._process.stdout.close()
        self._errors.close()


def python_worker(module: str, interpreter: str = sys.executable) -> tuple[str, ...]:
    """The command that starts an engine written in Python."""
    return interpreter, "-m", "bench.peers.worker", module
