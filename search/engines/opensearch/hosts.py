"""Which host of a cluster is asked? One that answers: a host that is gone is left out, and so is one that hangs.

That a host hangs shows in nothing but time: its connections are taken, and never answered. So a host that has not
answered for some seconds is asked for next to nothing first, which even a busy one answers at once.
"""

from __future__ import annotations

import time
from typing import Any

from opensearchpy import Transport
from opensearchpy.exceptions import ConnectionError as NobodyAnswers
from opensearchpy.exceptions import TransportError

AWAKE = 2.0  # seconds for which a host that has answered is taken to be there
PROBE = 2.0  # seconds in which a host must answer that it is


class Hosts(Transport):
    """The hosts of a cluster; threads may share it."""

    def __init__(self, *args: Any, **options: Any) -> None:
        self._awake: dict[Any, float] = {}  # until when each is taken to be there
        super().__init__(*args, **options)

    def get_connection(self) -> Any:
        """A host that is there; if none seems to be, any."""
        connection = super().get_connection()
        for _ in self.connection_pool.connections[1:]:
            if self._is_awake(connection):
                break
            self.mark_dead(connection)
            connection = super().get_connection()
        return connection

    def _is_awake(self, connection: Any) -> bool:
        if time.monotonic() < self._awake.get(connection, 0.0):
            return True
        try:
            connection.perform_request("HEAD", "/", timeout=PROBE)
        except NobodyAnswers:  # in time, or at all
            return False
        except TransportError:  # whoever refuses is awake; why is told by the request itself
            pass
        self._awake[connection] = time.monotonic() + AWAKE
        return True
