"""What came of trying something: its value, an error of ours, or an exception that nobody promised."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from search.errors import NachleseError

Value = TypeVar("Value")


class Unforeseen(Exception):
    """An exception that nobody promised; its text is one line that names it."""


def tried(action: Callable[[], Value]) -> Value:
    """The value of an action. Raises its NachleseError, and Unforeseen for everything else, panics of Rust too."""
    try:
        return action()
    except (NachleseError, KeyboardInterrupt):
        raise
    except BaseException as error:  # a panic is no Exception
        raise Unforeseen(f"{type(error).__name__}: {str(error).splitlines()[0] if str(error) else ''}"[:120]) from error


def kind_of(error: Unforeseen) -> str:
    """The name of an exception, which stays the same for other inputs."""
    return str(error).partition(":")[0]


def shrunk(text: str, fails: Callable[[str], bool], tries: int = 300) -> str:
    """A shorter text that still fails, made by leaving out ever smaller pieces."""
    size = len(text) // 2
    while size and tries > 0:
        for start in range(0, len(text), size):
            shorter = text[:start] + text[start + size :]
            tries -= 1
            if tries > 0 and shorter != text and fails(shorter):
                text = shorter
                break
        else:
            size //= 2
    return text
