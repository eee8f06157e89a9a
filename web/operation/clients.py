"""Who asks? The address of a client, and whether it is of this machine, from the environment of its request."""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Any

from werkzeug.middleware.proxy_fix import ProxyFix

Environment = dict[str, Any]
_FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP", "HTTP_VIA")
_BELIEVED = "werkzeug.proxy_fix.orig"  # key of a request's environment, if proxies are believed
_FOREIGN_BITS = 64  # of an IPv6 address: a household has all of these to itself


def believing(proxies: int) -> Callable[[Environment], object]:
    """What has a request say of client and scheme what so many proxies say.

    Not of host and prefix: many proxies hand on what the client says of these, and links would be made of it.
    """
    if not proxies:
        return lambda _environ: None
    fixing = ProxyFix(lambda _environ, _start: (), x_for=proxies, x_proto=proxies)
    return lambda environ: fixing(environ, lambda *_: lambda _: None)


def client(environ: Environment) -> str:
    """The address of who asks, by which its requests are counted: of IPv6, the network."""
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
    return _BELIEVED not in environ and any(name in environ for name in _FORWARDED)


def _address(environ: Environment) -> IPv4Address | IPv6Address | None:
    try:
        address = ip_address(environ.get("REMOTE_ADDR") or "")
    except ValueError:
        return None
    return (isinstance(address, IPv6Address) and address.ipv4_mapped) or address
