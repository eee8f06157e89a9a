"""What can be set from outside, as one table."""

from __future__ import annotations

import os
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting: an environment variable, its value where it is not set, and what it does."""

    variable: str
    default: str
    help: str

    def value(self) -> str:
        """The value from the environment, or the default."""
        return os.environ.get(self.variable) or self.default


INDEX = Setting("NACHLESE_INDEX", "index", "Directory of the index.")
HOST = Setting("NACHLESE_HOST", "127.0.0.1", "Address the server listens on.")
PORT = Setting("NACHLESE_PORT", "8000", "Port the server listens on.")
WORKERS = Setting("NACHLESE_WORKERS", "0", "Processes that answer; 0 is one for each processor, at most 4.")
THREADS = Setting("NACHLESE_THREADS", "4", "Requests that each process works on at once, if they take long.")
DEADLINE = Setting("NACHLESE_DEADLINE", "2", "Seconds that an answer may take before it is stopped; 0 sets no limit.")
URL = Setting("NACHLESE_URL", "", "Address by which others reach the server, for links that leave the site.")
CHECK = Setting("NACHLESE_CHECK", "0", "1 compares all files of the index with their check sums before serving.")

SETTINGS = (INDEX, HOST, PORT, WORKERS, THREADS, DEADLINE, URL, CHECK)
