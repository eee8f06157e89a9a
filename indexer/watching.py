"""What has changed in the SOURCEs, while a run waits for it? Told by the system, a while after the last change."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence, Set
from contextlib import suppress
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
_REMOVED = 3  # as watchfiles says it


class WatchingUnavailable(NachleseError):
    """What is to be watched cannot be, or the package for it is missing."""


def changes(sources: Sequence[str], stop: Event | None = None) -> Iterator[frozenset[str]]:
    """Sets of absolute paths below SOURCEs that were added, changed or removed, until Ctrl-C or `stop`.

    The first one is empty and comes when watching has begun: what lies there may be read now, no change will be missed.
    The folder stands for a `nachlese.toml` in it. When a SOURCE is gone, there again, or another one of its name, it
    has to be watched anew: then all SOURCEs are told. Raises WatchingUnavailable.
    """
    require_watching(sources)
    stop = stop or Event()
    known, unread = _states(sources), frozenset[str]()
    while not stop.is_set():
        for number, found in enumerate(_turns([source for source in sources if known[source]], stop)):
            if number == 0:
                yield unread
            before, known = known, _states(sources)
            if before != known or _is_removed(sources, found):
                break
            if paths := _documents(found, sources):
                yield paths
        known = _states(sources)
        unread = frozenset(map(os.path.abspath, sources))  # what changes until they are watched again is not told


def _turns(sources: Sequence[str], stop: Event) -> Iterator[Set[tuple[int, str]]]:
    """What the system tells of these, once in a while, be it nothing. Ends when one of them is not there."""
    from watchfiles import watch

    try:
        for found in watch(*sources, watch_filter=None, debounce=CALM, step=STEP, rust_timeout=_TURN, stop_event=stop,
                           yield_on_timeout=True, ignore_permission_denied=True):  # fmt: skip
            yield {(int(change), path) for change, path in found}
    except FileNotFoundError:
        return
    except OSError as error:  # on Linux the folders are too many
        remedy = "let the system watch more folders (on Linux, fs.inotify.max_user_watches), or watch fewer"
        raise WatchingUnavailable(f"{', '.join(sources)} cannot be watched ({error}); {remedy}.") from error


def _states(sources: Sequence[str]) -> dict[str, tuple[int, int] | None]:
    """What tells each SOURCE from another one of its name, None if there is none."""
    found: dict[str, tuple[int, int] | None] = dict.fromkeys(sources)
    for source in sources:
        with suppress(OSError):
            state = Path(source).stat()
            found[source] = state.st_dev, state.st_ino
    return found


def _is_removed(sources: Sequence[str], found: Set[tuple[int, str]]) -> bool:
    """Whether a SOURCE was removed: the system watches it no longer, be it made again and have its old number."""
    removed = {path for change, path in found if change == _REMOVED}
    return any(os.path.abspath(source) in removed for source in sources)


def _documents(found: Set[tuple[int, str]], sources: Sequence[str]) -> frozenset[str]:
    visible = [Path(path) for _, path in found if _is_visible(path, sources)]
    return frozenset(str(path.parent if path.name == FILE else path) for path in visible)


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
