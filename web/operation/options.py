"""How the site is run: the settings of its operation, checked once before it starts."""

from __future__ import annotations

import re
import ssl
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from search import settings
from search.errors import SettingUnusable
from search.settings import Setting

ACCESS_LOGS = ("off", "common", "json")
METRICS = ("off", "local", "all")
# Segments of letters, digits and what RFC 3986 lets stand beside them, but for those that lead elsewhere (`.`, `..`).
_PREFIX = re.compile(r"(?:/(?!\.{1,2}(?:/|$))[A-Za-z0-9._~-]+)+")
# As browsers write an origin (https://html.spec.whatwg.org/#ascii-serialisation-of-an-origin): compared sign by sign.
_ORIGIN = re.compile(r"(https?)://(?:[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?|\[[0-9a-f:.]+\])(?::([0-9]{1,5}))?")
_DEFAULT_PORTS = {"http": "80", "https": "443"}
_YES, _NO = ("1", "yes", "true", "on"), ("0", "no", "false", "off")


@dataclass(frozen=True, slots=True)
class Operation:
    """What an operator decides; without any of it the application is open, silent and unlimited.

    `proxies` stand before the server and say who asks. A client may ask `rate` times a minute (0: any number). An
    answer may take `deadline` seconds, and `work` seconds of a processor (0: any time). Requests over `slow` seconds
    are logged (0: none). `access` is the file with password and keys, `shared` a folder in which processes count
    together. `memory` is the MiB that a process may take (0: any).
    """

    proxies: int = 0
    rate: int = 0
    deadline: float = 0.0
    work: float = 0.0
    access_log: str = "off"
    log_queries: bool = True
    slow: float = 0.0
    metrics: str = "off"
    access: Path | None = None
    cors: tuple[str, ...] = ()
    contact: str = ""
    accessibility_contact: str = ""
    accessibility_enforcement: str = ""
    prefix: str = ""
    certificate: Path | None = None
    key: Path | None = None
    memory: int = 0
    shared: Path | None = None

    @classmethod
    def from_settings(cls) -> Operation:
        """The operation that the environment asks for; SettingUnusable names what cannot be used."""
        operation = cls(
            proxies=_whole_number(settings.PROXIES),
            rate=_whole_number(settings.RATE),
            deadline=_number(settings.DEADLINE),
            work=_number(settings.WORK),
            access_log=_one_of(settings.ACCESS_LOG, ACCESS_LOGS),
            log_queries=_one_of(settings.LOG_QUERIES, (*_YES, *_NO)) in _YES,
            slow=_number(settings.SLOW),
            metrics=_one_of(settings.METRICS, METRICS),
            access=_file(settings.ACCESS),
            cors=_origins(settings.CORS),
            contact=_contact(settings.CONTACT),
            accessibility_contact=_contact(settings.ACCESSIBILITY_CONTACT),
            accessibility_enforcement=_contact(settings.ACCESSIBILITY_ENFORCEMENT),
            prefix=_prefix(settings.PREFIX),
            certificate=_file(settings.CERTIFICATE),
            key=_file(settings.KEY),
            memory=_whole_number(settings.MEMORY),
        )
        settings.positive_number(settings.HALF_LIFE)  # read with each search that needs it
        if bool(operation.certificate) != bool(operation.key):
            raise SettingUnusable(settings.KEY.variable, "is needed together with NACHLESE_CERTIFICATE; set both.")
        if operation.certificate and operation.key:
            _require_pair(operation.certificate, operation.key)
        return operation


def public_url(url: str) -> str:
    """The address by which others reach the server, "" if none is set; SettingUnusable if it is more than a host.

    The path below which a site lies is a setting of its own: links within the site need it, too.
    """
    try:
        parts = urlsplit(url)
        usable = not url or (parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc)
        _ = parts.port  # ValueError if it is none
        usable = usable and url.isprintable() and " " not in url
    except ValueError:
        usable = False
    if not usable:
        remedy = "must begin with https:// or http:// and a host, such as https://archiv.example.org"
        raise SettingUnusable(settings.URL.variable, f"(--url) {remedy}, unlike {url!r}.")
    if url.rstrip("/") != f"{parts.scheme}://{parts.netloc}" and url:
        remedy = f"The path below which the site lies is set by {settings.PREFIX.variable}"
        raise SettingUnusable(settings.URL.variable, f"(--url) must end with the host, unlike {url!r}. {remedy}.")
    return url.rstrip("/")


def _number(setting: Setting) -> float:
    try:
        number = float(setting.value())
    except ValueError:
        number = -1.0
    if not 0 <= number < 1_000_000:
        raise SettingUnusable(setting.variable, f"must be a number from 0 on, not {setting.value()!r}.")
    return number


def _whole_number(setting: Setting) -> int:
    number = _number(setting)
    if number != int(number):
        remedy = f"must be a whole number from 0 on, not {setting.value()!r}; 0 has a meaning of its own"
        raise SettingUnusable(setting.variable, f"{remedy}.")
    return int(number)


def _one_of(setting: Setting, known: tuple[str, ...]) -> str:
    value = setting.value().lower()
    if value not in known:
        raise SettingUnusable(setting.variable, f"must be one of {', '.join(known)}, not {value!r}.")
    return value


def _file(setting: Setting) -> Path | None:
    if not (name := setting.value()):
        return None
    try:
        if Path(name).exists() and not Path(name).is_file():  # a pipe would be waited for
            raise SettingUnusable(setting.variable, f"names {name}, which is no file.")
        with Path(name).open("rb"):
            return Path(name)
    except OSError as error:
        raise SettingUnusable(setting.variable, f"names {name}, which cannot be read ({error.strerror}).") from error


def _require_pair(certificate: Path, key: Path) -> None:
    """Raise SettingUnusable unless a server can speak HTTPS with a certificate and its key."""
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(certificate, key, password="")
    except (OSError, ValueError) as error:  # an SSLError is an OSError
        reason = getattr(error, "reason", None) or error
        remedy = "must name the key, without a password, of the certificate in NACHLESE_CERTIFICATE, both in PEM"
        raise SettingUnusable(settings.KEY.variable, f"{remedy} ({reason}).") from error


def _contact(setting: Setting) -> str:
    value = setting.value()
    if value and not value.startswith(("mailto:", "https://", "tel:")):
        raise SettingUnusable(setting.variable, f"must begin with mailto:, https:// or tel:, unlike {value!r}.")
    if not value.isascii() or not value.isprintable() or " " in value:
        raise SettingUnusable(setting.variable, f"must be one address without blanks and line breaks, not {value!r}.")
    return value


def _prefix(setting: Setting) -> str:
    value = setting.value().rstrip("/")
    if value and not value.startswith("/"):
        raise SettingUnusable(setting.variable, f"must begin with /, unlike {value!r}.")
    if value and not _PREFIX.fullmatch(value):
        remedy = "must be a path of names of letters, digits and . _ ~ -, each behind one /"
        raise SettingUnusable(setting.variable, f"{remedy}, such as /archiv, not {value!r}.")
    return value


def _origins(setting: Setting) -> tuple[str, ...]:
    origins = tuple(setting.value().split())
    for origin in origins:
        found = _ORIGIN.fullmatch(origin)
        if origin != "*" and (not found or found[2] == _DEFAULT_PORTS[found[1]]):
            remedy = "must be origins as browsers send them, in small letters, without path, / and usual port"
            raise SettingUnusable(setting.variable, f"{remedy}, such as https://example.org, or *, not {origin!r}.")
    return origins
