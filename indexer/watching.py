"""What has changed in the SOURCEs, while a run waits for it? Told by the system, a while after the last change."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from threading import Event

from indexer.document import STDIN
from indexer.formats.table import installation
from indexer.mapping import FILE
from search.errors import NachleseError

CALM = 1600  # milliseconds of changes that are taken together
STEP = 200  # milliseconds without a change that end them sooner
_TURN = 1000  # milliseconds after which it looks whether to stop


class WatchingUnavailable(NachleseError):
    """What is to be watched cannot be, or the package for it is missing."""


def changes(sources: Sequence[str], stop: Event | None = None) -> Iterator[frozenset[str]]:
    """Sets of absolute paths below SOURCEs that were added, changed or removed, until Ctrl-C or `stop`.

    The first one is empty and comes when watching has begun: what lies there may be read now, no change will be missed.
    The folder stands for a `nachlese.toml` in it. Raises WatchingUnavailable.
    """
    require_watching(sources)
    from watchfiles import watch

    turns = watch(*sources, watch_filter=None, debounce=CALM, step=STEP, rust_timeout=_TURN, yield_on_timeout=True,
                  stop_event=stop)  # fmt: skip
    for number, found in enumerate(turns):
        visible = [Path(path) for _, path in found if _is_visible(path, sources)]
        paths = frozenset(str(path.parent if path.name == FILE else path) for path in visible)
        if number == 0:
            yield frozenset()
        if paths:
            yield paths


def require_watching(sources: Sequence[str]) -> None:
    """Raise WatchingUnavailable unless these SOURCEs can be watched."""
    if find_spec("watchfiles") is None:
        raise WatchingUnavailable(f"Watching takes a package more; install it: {installation('watch')}")
    for source in sources:
        if source == STDIN or not Path(source).exists():
            raise WatchingUnavailable(f"{source} cannot be watched; name files and folders that are there.")


def _is_visible(path: str, sources: Sequence[str]) -> bool:
    """Whether a path could be a document: no part of it below its SOURCE is hidden."""
    for root in map(os.path.abspath, sources):
        if path == root or path.startswith(root + os.sep):
            return not any(part.startswith(".") for part in Path(path).relative_to(root).parts)
    return False
