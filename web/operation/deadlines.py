"""How long may the answer to a request take? All of it has one deadline: search, marks, facets and files."""

from __future__ import annotations

from contextlib import AbstractContextManager

from flask import Flask, g

from search.deadline import deadline


def attach(app: Flask, seconds: float, work: float) -> None:
    """Stop what takes so many seconds, or so many of a processor (`work`), with TooExpensive; 0 sets no limit."""

    def begin() -> None:
        running: AbstractContextManager[None] = deadline(seconds, work)
        running.__enter__()
        g.deadline = running

    def end(_error: BaseException | None) -> None:
        running: AbstractContextManager[None] | None = g.pop("deadline", None)
        if running is not None:
            running.__exit__(None, None, None)

    app.before_request(begin)
    app.teardown_request(end)
