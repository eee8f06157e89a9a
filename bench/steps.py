"""The processor time that steps of a work take, of one process."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

Asked = ParamSpec("Asked")
Made = TypeVar("Made")


class Steps:
    """The processor time of each step so far, in seconds."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    def take(self, name: str, work: Callable[Asked, Made], *asked: Asked.args, **named: Asked.kwargs) -> Made:
        """What the work gives; its time is added to the step."""
        started = time.process_time()
        made = work(*asked, **named)
        self.seconds[name] = self.seconds.get(name, 0.0) + time.process_time() - started
        return made

    def watch(self, owner: Any, function: str, name: str) -> None:
        """From now on, have a step of its own for a function that other steps call."""
        watched = getattr(owner, function)

        def timed(*asked: Any, **named: Any) -> Any:
            return self.take(name, watched, *asked, **named)

        setattr(owner, function, timed)
