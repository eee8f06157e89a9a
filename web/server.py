"""Serving the archive until somebody asks to stop: where to listen, and in how many processes."""

from __future__ import annotations

import gc
import logging
import os
from collections.abc import Callable
from functools import partial
from typing import Any

from search.german.lexicon import lexicon
from web import create_app
from web.operation import preparing
from web.operation.admission import threads_for
from web.operation.answering import Answering
from web.operation.asgi import InThreads
from web.operation.memory import spare_memory
from web.operation.metrics import share
from web.operation.options import Operation
from web.operation.shared_folder import remove, shared_folder
from web.operation.workers import Crew, become_worker, keep, listen
from web.shared_archive import Addresses

_log = logging.getLogger(__name__)
# Processes at most that are started unless told otherwise, as each learns the words of the archive for itself.
MOST_DEFAULT_WORKERS = 4


def serve(
    address: Addresses,
    host: str = "127.0.0.1",
    port: int = 8000,
    threads: int = 4,
    announce: Callable[[str], object] = _log.info,
    url: str = "",
    workers: int = 0,
    operation: Operation | None = None,
) -> None:
    """Serve the archive at `address`, or several as one, until SIGTERM or SIGINT; running requests are answered first.

    `announce` is called with the URL once the server listens; `port` 0 takes a free one; `url`
    is what others know the archive by, if not that. `workers` is the number of processes, each of which works on
    so many requests (`threads`) at once; 0 is one for each processor, at most MOST_DEFAULT_WORKERS. `operation` says
    how the site is run.
    Raises OSError if the address cannot be used, SettingUnusable if a file of the operator's cannot. Call it from the
    main thread, which alone gets signals.
    """
    with listen(host, port) as listening, shared_folder(operation or Operation()) as operation:
        create_app(address, url, operation)  # what is wrong with the settings is said before processes are started
        share(operation)
        # Read before processes fork, it lies in memory once; read when first needed, by each thread that needs it then.
        lexicon()
        gc.collect()
        gc.freeze()  # the collector would write to what is loaded, and so make copies of it in each process
        crew = Crew(
            workers or min(_processors(), MOST_DEFAULT_WORKERS),
            operation.memory,
            operation.certificate,
            operation.key,
        )
        started = partial(announce, _url(listening.getsockname(), operation))
        keep(listening, crew, partial(load, address, url, threads, operation), started)


def load(address: Addresses, url: str, threads: int, operation: Operation) -> InThreads:
    """What each process answers with; it makes its archive ready meanwhile."""
    become_worker(partial(remove, operation))
    spare_memory()
    app = create_app(address, url, operation)
    preparing.attach(app).start()
    return InThreads(Answering(app, threads, operation), threads_for(threads))


def _url(address: tuple[Any, ...], operation: Operation) -> str:
    host, port = address[:2]
    scheme = "https" if operation.certificate else "http"
    return f"{scheme}://{f'[{host}]' if ':' in host else host}:{port}{operation.prefix}/"


def _processors() -> int:
    """The processors that this process may use; a container may have fewer than its machine."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
