"""How often, and how much, may a client ask? A token bucket for each, which all processes share.

A request costs one token at once, and when it is answered one more for each further SECONDS of a processor it took.
So who asks what is dear may ask less often; what is owed may grow to as much again as may come at once.

The buckets lie in a file that every process maps, so a client has one, whichever process answers and whichever is
replaced. There is a fixed number of them, so strangers cannot fill the memory; clients whose hashes collide share one,
and which collide is a secret of the server.
"""

from __future__ import annotations

import logging
import mmap
import os
import secrets
import struct
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import blake2b
from pathlib import Path
from typing import Any

from web.operation.clients import client, is_forwarded, is_loopback

_log = logging.getLogger(__name__)
_NUMBER = 1 << 16  # buckets
_BUCKET = struct.Struct("dd")  # tokens that are missing, and when that was
_SECRET = 32  # bytes at the beginning of the file
_BURST = 1 / 6  # of what is allowed in a minute may come at once
SECONDS = 0.05  # of a processor, for a token


class TokenBuckets:
    """Tokens for each client: `most` at once, and as many again in a minute as `rate` says."""

    def __init__(self, rate: float, path: Path | None = None) -> None:
        self.rate = rate
        self.most = max(1.0, rate * _BURST)
        self._lock = threading.Lock()  # of this process; two may lend the same token, which harms nobody
        self._table = _shared_table(path)
        self._secret = self._table[:_SECRET]

    def take(self, name: str, tokens: float = 1.0) -> float:
        """Take tokens of a client's; the seconds until there are enough, 0 if there were."""
        place = self._place(name)
        with self._lock:
            missing, now = self._missing(place)
            wait = max(0.0, missing + tokens - self.most) * 60 / self.rate
            if not wait:
                _BUCKET.pack_into(self._table, place, missing + tokens, now)
            return wait

    def charge(self, name: str, tokens: float) -> None:
        """Take tokens of a client's for what it has got already, be there as many or not."""
        place = self._place(name)
        with self._lock:
            missing, now = self._missing(place)
            _BUCKET.pack_into(self._table, place, missing + tokens, now)

    def debt(self, name: str) -> float:
        """The seconds until a client owes no more than the tokens that it may take at once; 0 up to twice as many."""
        with self._lock:
            missing, _ = self._missing(self._place(name))
        return (missing - self.most) * 60 / self.rate if missing > 2 * self.most else 0.0

    def _missing(self, place: int) -> tuple[float, float]:
        """The tokens that are missing now, and what time it is."""
        missing, since = map(float, _BUCKET.unpack_from(self._table, place))
        now = time.time()
        return max(0.0, missing - max(0.0, now - since) * self.rate / 60), now

    def _place(self, name: str) -> int:
        digest = blake2b(name.encode("utf-8", "replace"), digest_size=8, key=self._secret).digest()
        return _SECRET + int.from_bytes(digest) % _NUMBER * _BUCKET.size


def _shared_table(path: Path | None) -> mmap.mmap:
    """The memory of the buckets, the same for all processes that name the same file."""
    size = _SECRET + _NUMBER * _BUCKET.size
    if path is None:
        table = mmap.mmap(-1, size)
        table[:_SECRET] = secrets.token_bytes(_SECRET)
        return table
    if not path.exists():
        with tempfile.NamedTemporaryFile(dir=path.parent) as whole:
            whole.write(secrets.token_bytes(_SECRET) + bytes(size - _SECRET))
            whole.flush()
            # It has its name only when all of it is there, and the first one stays: others have mapped it.
            with suppress(FileExistsError):
                os.link(whole.name, path)
    with path.open("r+b") as file:
        return mmap.mmap(file.fileno(), size)


class Limits:
    """Says who asks too often or too much."""

    def __init__(self, rate: int, folder: Path | None) -> None:
        self._buckets = TokenBuckets(rate, folder and folder / "requests") if rate else None
        self._warned = False

    def limited(self, environ: dict[str, Any]) -> str:
        """The client of a request, by whom it is counted; "" if it is of this machine, which has no limit."""
        if is_loopback(environ):
            self._warn(environ)
            return ""
        return client(environ)

    def wait(self, client: str) -> float:
        """The seconds until a client may ask, 0 if it may now, which is counted."""
        return self._buckets.take(client) if self._buckets and client else 0.0

    def debt(self, client: str) -> float:
        """The seconds that a client has to wait if its other requests were too dear since it asked, or 0."""
        return self._buckets.debt(client) if self._buckets and client else 0.0

    @contextmanager
    def charging(self, client: str) -> Iterator[None]:
        """Count the time of a processor that this thread takes inside as a client's."""
        begun = time.thread_time()
        try:
            yield
        finally:
            further = (time.thread_time() - begun) / SECONDS - 1
            if self._buckets and client and further > 0:
                self._buckets.charge(client, further)

    def _warn(self, environ: dict[str, Any]) -> None:
        if is_forwarded(environ) and not self._warned:
            self._warned = True
            _log.warning(
                "A request says that it came through a proxy. If one stands before the server, its clients are not "
                "limited: set NACHLESE_PROXIES=1. Otherwise a client of this machine sent this header: ignore it."
            )
