"""What can be set from outside, as one table."""

from __future__ import annotations

import os
from dataclasses import dataclass

from search.errors import SettingUnusable


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting: an environment variable, its value where it is not set, and what it does."""

    variable: str
    default: str
    help: str

    def value(self) -> str:
        """The value from the environment, or the default."""
        return os.environ.get(self.variable) or self.default


INDEX = Setting("NACHLESE_INDEX", "index", "Directory of the index, or the address of an archive in a cluster.")
HOST = Setting("NACHLESE_HOST", "127.0.0.1", "Address the server listens on.")
PORT = Setting("NACHLESE_PORT", "8000", "Port the server listens on.")
WORKERS = Setting("NACHLESE_WORKERS", "0", "Processes that answer; 0 is one for each processor, at most 4.")
THREADS = Setting("NACHLESE_THREADS", "4", "Requests that each process works on at once, if they take long.")
DEADLINE = Setting("NACHLESE_DEADLINE", "2", "Seconds that an answer may take before it is stopped; 0 sets no limit.")
WORK = Setting(
    "NACHLESE_WORK", "0.9", "Seconds of a processor that an answer may take before it is stopped; 0: no limit."
)
URL = Setting("NACHLESE_URL", "", "Address by which others reach the server, for links that leave the site.")
HALF_LIFE = Setting("NACHLESE_HALF_LIFE", "365", "Days after which relevance counts half, sorted by recency.")
FAMILY_DAYS = Setting("NACHLESE_FAMILY_DAYS", "3", "Days within which articles of one text are found to be copies.")
CHECK = Setting("NACHLESE_CHECK", "0", "1 compares all files of the index with their check sums before serving.")
OPENSEARCH_USER = Setting("NACHLESE_OPENSEARCH_USER", "", "User of an archive in a cluster.")
OPENSEARCH_PASSWORD = Setting("NACHLESE_OPENSEARCH_PASSWORD", "", "Password of that user.")
OPENSEARCH_PASSWORD_FILE = Setting("NACHLESE_OPENSEARCH_PASSWORD_FILE", "", "File with that password.")
OPENSEARCH_CA = Setting(
    "NACHLESE_OPENSEARCH_CA", "", "File with the certificates (PEM) that a cluster's are signed by."
)
CACHE = Setting("NACHLESE_CACHE", "", "Folder for what is kept of a cluster on this machine.")
SAME_ADDRESS = Setting("NACHLESE_SAME_ADDRESS", "", "Differences of addresses that mean nothing: http, www or both.")

# How the site is operated; these have no options, as they stand in the unit or container that starts the server.
PROXIES = Setting("NACHLESE_PROXIES", "0", "Proxies before the server whose X-Forwarded-For and -Proto are believed.")
RATE = Setting("NACHLESE_RATE", "600", "Requests that a client may make in a minute; 0 sets no limit.")
ACCESS = Setting("NACHLESE_ACCESS", "", "File with the site's password and the keys for the API.")
CORS = Setting("NACHLESE_CORS", "", "Origins whose pages may read the API, with spaces between; * for all.")
METRICS = Setting("NACHLESE_METRICS", "off", "Who may read /metrics: off, local (this machine) or all.")
ACCESS_LOG = Setting("NACHLESE_ACCESS_LOG", "off", "A line on standard output for each request: off, common or json.")
LOG_QUERIES = Setting("NACHLESE_LOG_QUERIES", "yes", "Whether the logs say what was asked: yes or no.")
SLOW = Setting("NACHLESE_SLOW", "1", "Seconds from which on a request is logged as slow; 0 logs none.")
MEMORY = Setting("NACHLESE_MEMORY", "1000", "MiB that a process may take until another one takes its place; 0: any.")
PREFIX = Setting("NACHLESE_PREFIX", "", "Path below which the site lies.")
CERTIFICATE = Setting("NACHLESE_CERTIFICATE", "", "File with the certificate (PEM), to speak HTTPS without a proxy.")
KEY = Setting("NACHLESE_KEY", "", "File with the key of that certificate (PKCS #8).")
CONTACT = Setting("NACHLESE_CONTACT", "", "Whom to tell of a security hole, for /.well-known/security.txt.")
ACCESSIBILITY_CONTACT = Setting(
    "NACHLESE_ACCESSIBILITY_CONTACT", "", "Whom to tell of barriers, for the accessibility statement."
)
ACCESSIBILITY_ENFORCEMENT = Setting(
    "NACHLESE_ACCESSIBILITY_ENFORCEMENT", "", "Address of the body that decides on complaints about barriers."
)


def positive_number(setting: Setting) -> float:
    """The value of a setting that is a number above 0. Raises SettingUnusable."""
    try:
        number = float(setting.value())
    except ValueError:
        number = 0.0
    if not 0 < number < 1_000_000:
        raise SettingUnusable(setting.variable, f"must be a number above 0, not {setting.value()!r}.")
    return number


SETTINGS = (
    INDEX, HOST, PORT, WORKERS, THREADS, DEADLINE, WORK, URL, HALF_LIFE, FAMILY_DAYS, CHECK, OPENSEARCH_USER,
    OPENSEARCH_PASSWORD, OPENSEARCH_PASSWORD_FILE, OPENSEARCH_CA, CACHE, SAME_ADDRESS, PROXIES, RATE, ACCESS, CORS,
    METRICS, ACCESS_LOG, LOG_QUERIES, SLOW, MEMORY, PREFIX, CERTIFICATE, KEY, CONTACT, ACCESSIBILITY_CONTACT,
    ACCESSIBILITY_ENFORCEMENT,
)  # fmt: skip
