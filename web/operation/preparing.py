"""Is the archive ready? A thread makes it so before readers ask, and again after each commit.

Without it the first search of each process took over a second of a processor: it read words and names, listed terms,
and made templates and expressions, all of that within its own deadline.
"""

from __future__ import annotations

import logging
import threading
import time

from flask import Flask

from search.errors import NachleseError
from web.shared_archive import shared

_log = logging.getLogger(__name__)
_KEY = "nachlese.preparation"
LOOK_AGAIN = 1.0  # seconds until a commit is seen, or what failed is tried again
REST = 20  # times as long as an attempt took it rests, so that a damaged index does not keep a processor busy
LONGEST_WAIT = 4.0  # seconds that a request waits for the first preparation; those behind it give up after five
# What readers ask for first, each of another kind: what they need is loaded when it is answered for the first time.
REHEARSED = ("/", "/suche?q=der", "/suche?q=derr", "/api/search?q=der", "/suche.atom?q=der&size=1", "/vorschlaege?q=de")


class Preparation:
    """What is done to make the archive of an application ready, and whether it is."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._tried = threading.Event()
        self._commit: tuple[int, ...] | None = None
        self._told = ""

    @property
    def is_ready(self) -> bool:
        """Whether the archive was made ready once; that it has new articles since then keeps nobody waiting."""
        return self._commit is not None

    def wait(self) -> None:
        """Wait for the first attempt, so that what it loads takes no time of the caller's deadline."""
        self._tried.wait(LONGEST_WAIT)

    def start(self) -> None:
        """Make the archive ready in a thread, for as long as the process lives."""
        threading.Thread(target=self._keep_ready, daemon=True, name="preparation").start()

    def _keep_ready(self) -> None:
        while True:
            begun = time.thread_time()
            self.prepare()
            time.sleep(max(LOOK_AGAIN, REST * (time.thread_time() - begun)))

    def prepare(self) -> None:
        """Make the archive ready if it has a commit for which it is not."""
        try:
            commit = shared(self._app).get().commit
            if commit != self._commit:
                shared(self._app).get().prepare()
                self._rehearse()
                self._commit, self._told = commit, ""
        except NachleseError as error:  # such as no index yet; readers are told when they ask
            self._tell(str(error))
        except Exception:  # noqa: BLE001 - the thread must go on; whoever asks the same gets the error, too
            self._tell("a page failed", exc_info=True)
        finally:
            self._tried.set()

    def _rehearse(self) -> None:
        """Answer some requests for nobody: no guard, no deadline and no log sees them."""
        for address in REHEARSED:
            with self._app.test_request_context(address):
                self._app.make_response(self._app.dispatch_request())

    def _tell(self, reason: str, exc_info: bool = False) -> None:
        """Say once why the archive is not ready."""
        if reason != self._told:
            _log.warning("The archive is not ready: %s", reason, exc_info=exc_info)
            self._told = reason


def attach(app: Flask) -> Preparation:
    """Have requests to `app` wait for its preparation, which the caller starts."""
    app.extensions[_KEY] = made = Preparation(app)
    return made


def preparation(app: Flask) -> Preparation | None:
    """The preparation of an application; None if nobody prepares it, as in programs that embed it."""
    return app.extensions.get(_KEY)
