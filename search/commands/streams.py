"""What if standard input, output or error cannot be used? A sentence and an exit code, never a traceback."""

from __future__ import annotations

import errno
import os
import sys
from contextlib import suppress
from traceback import walk_tb
from typing import NoReturn

import click


def open_closed_streams() -> None:
    """Have output go nowhere where a supervisor or `>&-` closed it, and no file of ours take the place of a stream.

    A library that writes to descriptor 2 would else write into whatever was opened first.
    """
    for descriptor in (0, 1, 2):
        try:
            os.fstat(descriptor)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest free descriptor: this one
    sys.stdout = sys.stdout or os.fdopen(1, "w", encoding="utf-8", closefd=False)
    sys.stderr = sys.stderr or os.fdopen(2, "w", encoding="utf-8", closefd=False)


def system_error(error: OSError) -> click.ClickException:
    """What the system refuses, in a sentence with its place: a full disk, a folder that may not be written.

    Raises the error itself if the reader of our output has gone: click ends quietly then.
    """
    if error.errno == errno.EPIPE:
        raise error
    if error.filename:
        return click.ClickException(f"{error.filename}: {error.strerror}")
    if stream := _unwritten_stream(error):
        return click.ClickException(f"{stream} cannot be written ({error.strerror}). Send it where there is room.")
    return click.ClickException(f"The system: {error.strerror}")


def _unwritten_stream(error: OSError) -> str | None:
    """The stream that click could not write to; the error itself does not tell."""
    for frame, _ in walk_tb(error.__traceback__):
        if frame.f_code is click.echo.__code__:
            return "Standard error" if frame.f_locals["err"] else "Standard output"
    return None


def end_with(error: click.ClickException) -> NoReturn:
    """Tell an error on standard error, if that can be written, and end the command."""
    with suppress(OSError):
        error.show()
    sys.exit(error.exit_code)
