"""What is wrong with a request before anybody reads what it asks: its method, its host, its length, its body."""

from __future__ import annotations

import re
from ipaddress import IPv6Address
from typing import Any

from flask import Flask, request
from werkzeug.exceptions import (
    BadHost,
    HTTPException,
    LengthRequired,
    MethodNotAllowed,
    RequestEntityTooLarge,
    RequestHeaderFieldsTooLarge,
    RequestURITooLarge,
    UnsupportedMediaType,
)

from web.decoding import FORM, LARGEST_BODY

LONGEST_ADDRESS = 16_384  # bytes; each filter in an address stands in every link of the page that answers it
LARGEST_HEADER = (
    32_768  # bytes of all fields; granian looks at its bound between the pieces that come, so more may pass
)
_METHODS = ("GET", "HEAD", "OPTIONS")
# RFC 3986, 3.2.2, without what no browser sends: percent-encoding and signs.
_HOST = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_.])?|\[[0-9a-f:.]+\])(?::[0-9]{1,5})?", re.IGNORECASE)
_LARGEST_PORT = 65_535
_LONGEST_HOST = 253 + len(":65535")  # of a name (RFC 1035, 2.3.4), which stands in each link of a file
_PUNYCODE = "xn--"  # what a label begins with that stands for letters beyond ASCII (RFC 5890, 2.3.2.1)


class _Closing(HTTPException):
    """An error after which the connection is of no use: nobody knows where the next request begins."""

    def get_headers(self, *arguments: Any) -> list[tuple[str, str]]:
        """The headers of the error, with the end of the connection."""
        return [*super().get_headers(*arguments), ("Connection", "close")]


class _BodyTooLarge(_Closing, RequestEntityTooLarge):
    description = f"The body has more than {LARGEST_BODY} bytes. Ask for less at once."


class _BodyWithoutLength(_Closing, LengthRequired):
    description = "The body has no length. Send it with one, or ask by the address."


class _NoForm(UnsupportedMediaType):
    description = f"The body is no {FORM}. Send the parameters of the address as such a form."


class _AddressTooLong(RequestURITooLarge):
    description = f"The address has more than {LONGEST_ADDRESS} bytes. Ask with fewer or shorter parameters."


class _HeaderTooLarge(RequestHeaderFieldsTooLarge):
    description = f"The header has more than {LARGEST_HEADER} bytes. Send fewer or shorter fields."


class _HostUnusable(BadHost):
    description = "The header Host is missing or no host. Send the one that the address has (RFC 9112, 3.2)."


def attach(app: Flask) -> None:
    """Refuse such requests to `app`."""
    app.before_request(_check)


def _check() -> None:
    environ = request.environ
    if not environ.get("REQUEST_METHOD", "").isupper():  # methods differ by case (RFC 9110, 9.1), which Flask ignores
        raise MethodNotAllowed(_METHODS)
    if not _is_host(environ.get("HTTP_HOST", ""), environ.get("SERVER_PROTOCOL", "")):
        raise _HostUnusable
    if len(environ.get("PATH_INFO", "")) + len(environ.get("QUERY_STRING", "")) > LONGEST_ADDRESS:
        raise _AddressTooLong
    if sum(len(name) + len(text) for name, text in environ.items() if name.startswith("HTTP_")) > LARGEST_HEADER:
        raise _HeaderTooLarge
    if "HTTP_TRANSFER_ENCODING" in environ:  # also beside a Content-Length, which smuggles (RFC 9112, 6.1)
        raise _BodyWithoutLength
    if (request.content_length or 0) > LARGEST_BODY:
        raise _BodyTooLarge
    if request.method == "POST" and request.content_length and request.mimetype != FORM:
        raise _NoForm


def _is_host(host: str, protocol: str) -> bool:
    """Whether the header may stay as it is; HTTP/1.0 needs none."""
    if not host:
        return protocol in ("HTTP/1", "HTTP/1.0")
    if len(host) > _LONGEST_HOST or (host.startswith("[") and not _is_literal(host[1:].partition("]")[0])):
        return False
    port = host.rpartition(":")[2]
    return (
        bool(_HOST.fullmatch(host))
        and (not port.isdigit() or int(port) <= _LARGEST_PORT)
        and all(_is_label(label) for label in host.removesuffix(f":{port}").lower().split("."))
    )


def _is_literal(address: str) -> bool:
    try:
        IPv6Address(address)
    except ValueError:
        return False
    return True


def _is_label(label: str) -> bool:
    """Whether a label of a name can be read: what begins as Punycode must be some."""
    if not label.startswith(_PUNYCODE):
        return True
    try:
        letters = label.removeprefix(_PUNYCODE).encode("ascii").decode("punycode")
    except UnicodeError:
        return False
    return letters.isprintable() and not letters.isascii()  # ASCII needs no Punycode
