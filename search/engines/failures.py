"""What does a failure of an engine mean? The rights, the disk, the memory, or else the files of the index."""

from __future__ import annotations

import errno
import os
import re
from contextlib import suppress
from pathlib import Path

from search.errors import IndexDamaged, IndexUnreadable, IndexUnwritable, NachleseError, OutOfResources

FORBIDDEN = frozenset({errno.EACCES, errno.EPERM})
FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
EXHAUSTED = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOMEM})
UNLOCKABLE = frozenset({errno.ENOSYS, errno.ENOLCK, errno.EOPNOTSUPP})
# Rust tells the number of a system's error in the text only: `(os error 28)`, `Os { code: 28, ...`.
_NUMBER = re.compile(r"(?:os error|code:) (\d+)")
_PANIC = "PanicException"  # of pyo3, which gives no way to import it
LONGEST_REASON = 300
PROBE = ".tmpwriter"  # if it stays, it is swept as what it looks like
PROBE_BYTES = 1 << 20


def is_failure(error: BaseException) -> bool:
    """Whether the engine failed: not if somebody wants to stop, nor if the error is one of ours already."""
    return not isinstance(error, NachleseError) and (isinstance(error, Exception) or type(error).__name__ == _PANIC)


def as_error(directory: Path, error: BaseException, writing: bool) -> NachleseError:
    """The error of ours for a failure of an engine whose files lie in a directory of an index."""
    number = _system_error(error)
    if isinstance(error, MemoryError):
        number = errno.ENOMEM
    if number is None and writing:
        number = _refusal(directory)
    return system_error(number, directory.parent, _file(error, directory), writing) or _damaged(error, directory)


def system_error(number: int | None, index: Path, file: Path, writing: bool = False) -> NachleseError | None:
    """The error of ours for an error of the system with a file of an index, None if it tells of damage."""
    if number in FORBIDDEN and not writing:
        return IndexUnreadable(
            f"{file} may not be read by this user. Nothing is wrong with it: give this user the right to read, "
            f"or let its owner run `nachlese index SOURCE --index {index}` once more, which gives each file the mode "
            "of its directory."
        )
    if number in FORBIDDEN:
        return IndexUnwritable(f"{file} may not be written by this user. Run the command as the owner of {index}.")
    if number == errno.EROFS:
        return IndexUnwritable(f"{file} lies on a read-only file system. Index where {index} can be written.")
    if number in FULL:
        return IndexUnwritable(
            f"There is no room left for {file}. Free some, then run the command again: what was committed is kept."
        )
    if number in UNLOCKABLE:
        return IndexUnwritable(
            f"The file system of {file} cannot lock files. Put the index on a local disk: --index DIR"
        )
    if number in EXHAUSTED:
        return OutOfResources(
            f"The system has no memory or no open files left ({os.strerror(number or 0)}). Give the process more of "
            f"them, or ask for less; the index in {index} is as it was."
        )
    return None


def _damaged(error: BaseException, directory: Path) -> IndexDamaged:
    index = directory.parent
    said = " ".join(f"{type(error).__name__}: {error}".split())[:LONGEST_REASON]
    return IndexDamaged(
        f"The files of the index in {index} are damaged, or its engine has a fault ({said}). "
        f"Which of them are is told by: nachlese check --index {index}. "
        f"Build it anew with: nachlese index SOURCE --index {index} --rebuild"
    )


def _system_error(error: BaseException) -> int | None:
    if isinstance(error, OSError) and error.errno:
        return error.errno
    found = None if isinstance(error, OSError) else _NUMBER.search(str(error))
    return int(found[1]) if found else None


def _refusal(directory: Path) -> int | None:
    """What the system says to a file written here: tantivy only tells that one of its threads is dead."""
    probe = directory / PROBE
    try:
        probe.write_bytes(bytes(PROBE_BYTES))
    except OSError as error:
        return error.errno
    finally:
        with suppress(OSError):
            probe.unlink(missing_ok=True)
    return None


def _file(error: BaseException, directory: Path) -> Path:
    """The file that an error is about: as it says, else one that may not be read, else the directory."""
    name = error.filename if isinstance(error, OSError) else None
    if name:
        return Path(os.fsdecode(name))
    files = sorted(directory.iterdir()) if os.access(directory, os.R_OK | os.X_OK) else []
    return next((file for file in files if not os.access(file, os.R_OK)), directory)
