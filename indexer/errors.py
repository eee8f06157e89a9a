"""What is wrong with a document? An error inside the readers, a line of the report outside."""

from __future__ import annotations

import errno
import zlib
from dataclasses import dataclass
from pathlib import Path

from search.errors import NachleseError

# Characters or bytes, far more than most articles have. What is shorter and finds no memory is not to blame for it.
ORDINARY_LENGTH = 100_000


@dataclass(frozen=True)
class Problem:
    """One line of the report: something in a document that we could not use.

    `document` is the name the reader of the report knows, `line` counts from 1 and is None where the
    whole document is meant. A problem that is not fatal is a warning: the article was read all the same.
    """

    document: str
    line: int | None
    message: str
    fatal: bool = True

    def __str__(self) -> str:
        """One line, whatever line breaks and signs a file name or a quoted piece of the document brings along."""
        place = self.document if self.line is None else f"{self.document}, line {self.line}"
        return one_line(f"{place}: {self.message}")


def one_line(text: str) -> str:
    """A text as a line of a report, whatever white space is in it."""
    return harmless(" ".join(text.split()))


def harmless(text: str) -> str:
    """A text without signs that would end a line, or that a terminal would obey."""
    if text.isprintable():
        return text
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in text)


class DocumentError(NachleseError):
    """A document, or one record of it, cannot become an article; the message names the remedy."""

    def __init__(self, document: str, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.document = document
        self.line = line

    @property
    def problem(self) -> Problem:
        """The same as a line of the report."""
        return Problem(self.document, self.line, str(self))


class OutOfMemory(NachleseError):
    """There is not enough memory for an article of ordinary length, so that no other would do better."""

    def __init__(self, at: str) -> None:
        super().__init__(
            f"The memory that this process may use is not enough (at {at}). What was committed is kept. Allow it more "
            "(see ulimit -v, or the limits of the service or container), or use fewer --jobs, and run the command again"
        )
        self.at = at

    def __reduce__(self) -> tuple[type[OutOfMemory], tuple[str]]:  # workers raise it
        return OutOfMemory, (self.at,)


class IndexNotWritten(NachleseError):
    """The system does not let us write the index."""

    def __init__(self, address: str | Path, error: OSError) -> None:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        remedy = "Make room on its disk" if full else "Check the folder and its permissions"
        place = f"{error.filename}: " if error.filename and str(error.filename) != str(address) else ""
        super().__init__(
            f"The index in {address} cannot be written ({place}{error.strerror}). What was committed is kept. "
            f"{remedy} and run the command again."
        )


class Stopped(NachleseError):
    """Somebody pressed Ctrl-C; `kept` is the number of articles in the index, None if nothing was changed."""

    exit_code = 130  # as of a command that ended by SIGINT

    def __init__(self, kept: int | None) -> None:
        state = "The index is as it was" if kept is None else f"{kept:,} articles are kept as of the last commit"
        super().__init__(f"Stopped. {state}; run the command again to go on.")


def problem_of(error: Exception, document: str, line: int | None = None) -> Problem:
    """The line of the report for any error that one document or record (at `line`) caused.

    An error nobody thought of keeps its type in the message, so that it can be reported and mended.
    """
    if isinstance(error, DocumentError):
        return error.problem
    if isinstance(error, RecursionError):
        return Problem(document, line, "is nested too deeply to be read; flatten it and index it again")
    if isinstance(error, MemoryError):
        return Problem(
            document, line, "needs more memory than this process may use; allow it more, or split the document"
        )
    if isinstance(error, EOFError):
        return Problem(document, line, "is a packed file that breaks off; copy or download it again")
    if isinstance(error, zlib.error):
        return Problem(document, line, "is a damaged gzip file; copy or download it again")
    if isinstance(error, OSError):
        return Problem(document, line, _system_message(error))
    message = f"could not be read because of an unforeseen {type(error).__name__} ({str(error)[:200]})"
    return Problem(document, line, f"{message}; please report it")


def _system_message(error: OSError) -> str:
    """What the operating system or what unpacks it has against a file, and what to do about it."""
    if isinstance(error, FileNotFoundError):
        return "has vanished since the folder was listed; index the folder again"
    if isinstance(error, PermissionError):
        return "may not be read by this user; change its permissions and index it again"
    if isinstance(error, IsADirectoryError):
        return "is a folder, not a file; name it as a SOURCE of its own"
    if error.errno is None:  # raised by what unpacks it, not by the system
        remedy = "copy it again, or remove .gz and the like from its name if it is not packed"
        return f"is not a sound packed file ({error}); {remedy}"
    return f"cannot be read ({error.strerror}); check the file and index it again"


class AliasesUnreadable(NachleseError):
    """The file of aliases cannot be used; the message says why."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"The aliases in {path} cannot be used: {reason}. Correct the file and run again")
