"""Who asks? The address of a client, and whether it is of this machine."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Any

from flask import Flask, request
from werkzeug.middleware.proxy_fix import ProxyFix

_FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP", "HTTP_VIA")
_BELIEVED = "werkzeug.proxy_fix.orig"  # key of a request's environment, if proxies are believed
_FOREIGN_BITS = 64  # of an IPv6 address: a household has all of these to itself


def attach(app: Flask, proxies: int) -> None:
    """Have `app` believe so many proxies what they say about client and scheme.

    Not about host and prefix: many proxies hand on what the client says of these, and links would be made of it.
    """
    if proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies)  # type: ignore[method-assign]


def believe(environ: dict[str, Any], proxies: int) -> None:
    """Have a request that the application never sees say who asks, as `attach` does it."""
    if proxies:
        ProxyFix(lambda _environ, _start: (), x_for=proxies, x_proto=proxies)(environ, lambda *_: lambda _: None)


def client() -> str:
    """The address of who asks, by which its requests are counted: of IPv6, the network."""
    address = _address()
    if isinstance(address, IPv6Address):
        return f"{IPv6Address(int(address) >> _FOREIGN_BITS << _FOREIGN_BITS)}/{128 - _FOREIGN_BITS}"
    return str(address)


def is_loopback() -> bool:
    """Whether the client has an address of this machine, as it also seems through a proxy that is not believed."""
    address = _address()
    return address is not None and address.is_loopback


def is_forwarded() -> bool:
    """Whether the request came through a proxy that is not believed."""
    return _BELIEVED not in request.environ and any(name in request.environ for name in _FORWARDED)


def _address() -> IPv4Address | IPv6Address | None:
    try:
        address = ip_address(request.remote_addr or "")
    except ValueError:
        return None
    return (isinstance(address, IPv6Address) and address.ipv4_mapped) or address
