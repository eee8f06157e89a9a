"""Who asks? The address of a client, and whether it is of this machine, from the environment of its request."""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Any

Environment = dict[str, Any]
_FORWARDED = (
    "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_HOST", "HTTP_FORWARDED", "HTTP_X_REAL_IP",
    "HTTP_VIA",
)  # fmt: skip
_BELIEVED = "nachlese.proxies"  # key of a request's environment, if proxies are believed
_SCHEMES = ("http", "https")
_FOREIGN_BITS = 64  # of an IPv6 address: a household has all of these to itself


def believing(proxies: int) -> Callable[[Environment], object]:
    """What has a request say of client and scheme what so many proxies say.

    A client is an IP address, a scheme http or https. Who came through a proxy that says something else is unknown, and
    the scheme stays that of the connection; what came through none is of this machine, such as Prometheus. Host and
    prefix are not believed: many proxies hand on what the client says of these, and links would be made of it.
    """

    def believe(environ: Environment) -> None:
        environ[_BELIEVED] = proxies
        if not _has_passed(environ):
            return
        address = _ip(_without_port(_last(environ, "HTTP_X_FORWARDED_FOR", proxies)))
        environ["REMOTE_ADDR"] = "" if address is None else str(address)
        if (scheme := _last(environ, "HTTP_X_FORWARDED_PROTO", proxies).lower()) in _SCHEMES:
            environ["wsgi.url_scheme"] = scheme

    return believe if proxies else lambda _environ: None


def client(environ: Environment) -> str:
    """The address of who asks, by which its requests are counted: of IPv6, the network. All unknown ones are one."""
    address = _address(environ)
    if isinstance(address, IPv6Address):
        return f"{IPv6Address(int(address) >> _FOREIGN_BITS << _FOREIGN_BITS)}/{128 - _FOREIGN_BITS}"
    return str(address)


def is_loopback(environ: Environment) -> bool:
    """Whether the client has an address of this machine, as it also seems through a proxy that is not believed."""
    address = _address(environ)
    return address is not None and address.is_loopback


def is_forwarded(environ: Environment) -> bool:
    """Whether the request came through a proxy that is not believed."""
    return _BELIEVED not in environ and _has_passed(environ)


def _has_passed(environ: Environment) -> bool:
    """Whether some proxy says that the request came through it."""
    return any(name in environ for name in _FORWARDED)


def _last(environ: Environment, header: str, number: int) -> str:
    """The value of a list in a header that as many proxies ago was its last; "" if there is none."""
    values = str(environ.get(header, "")).split(",")
    return values[-number].strip() if len(values) >= number else ""


def _address(environ: Environment) -> IPv4Address | IPv6Address | None:
    return _ip(str(environ.get("REMOTE_ADDR") or ""))


def _without_port(text: str) -> str:
    """An address without the port that some proxies add: `192.0.2.7:80`, `[2001:db8::1]:80`."""
    if text.startswith("["):
        return text[1:].partition("]")[0]
    return text.partition(":")[0] if text.count(":") == 1 else text


def _ip(text: str) -> IPv4Address | IPv6Address | None:
    try:
        address = ip_address(text.partition("%")[0])  # the zone of an address may be any text
    except ValueError:
        return None
    return (isinstance(address, IPv6Address) and address.ipv4_mapped) or address
