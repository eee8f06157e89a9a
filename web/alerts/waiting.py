"""How long may a server draw out a message? One that drips is left behind, and not asked again so soon."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread

from web.alerts.channels import NotReached

MOST_SECONDS = 60.0  # for a message with all attempts; single silences are bounded by the channels


class Waiting:
    """Waits for servers, for MOST_SECONDS each; what it has left behind must end before its server is asked again."""

    def __init__(self) -> None:
        self._left: dict[str, Thread] = {}

    def send(self, server: str, send: Callable[[], None]) -> None:
        """Send something to a server. Raises what `send` does, and NotReached if it takes too long.

        What takes too long goes on in a thread of its own, which ends with the process: a socket has no limit for all
        that it reads. If it arrives after all, it is sent twice, as the same message.
        """
        if (left := self._left.get(server)) and left.is_alive():
            raise NotReached(f"{server} still draws out an earlier message")
        failures: list[BaseException] = []

        def run() -> None:
            try:
                send()
            except BaseException as error:  # noqa: BLE001 - the one who waits raises it
                failures.append(error)

        sending = Thread(target=run, daemon=True)
        sending.start()
        sending.join(MOST_SECONDS)
        if sending.is_alive():
            self._left[server] = sending
            raise NotReached(f"{server} did not end its answer within {MOST_SECONDS:g} s")
        self._left.pop(server, None)
        for failure in failures:
            raise failure
