"""Does the server that runs with the same settings live? For supervisors that start a command, as containers do."""

from __future__ import annotations

import ssl
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from ipaddress import ip_address

from search.errors import NachleseError
from web.operation.options import Operation

_TIMEOUT = 4.0  # seconds; the answer takes milliseconds


class ServerDoesNotAnswer(NachleseError):
    """Nothing, or something else, answered at the address of the server."""

    exit_code = 1


def require_health(host: str, port: int, operation: Operation) -> None:
    """Ask a server of this machine for /healthz; ServerDoesNotAnswer unless it says that it lives.

    `host` and `port` are those that it listens at. Its certificate is not compared with that address, as it names
    the one that readers use.
    """
    host, path = _reachable(host), f"{operation.prefix}/healthz"
    connection = HTTPConnection(host, port, timeout=_TIMEOUT)
    if operation.certificate:
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        connection = HTTPSConnection(host, port, timeout=_TIMEOUT, context=context)
    try:
        connection.request("GET", path)
        status = connection.getresponse().status
    except (OSError, HTTPException) as error:
        raise ServerDoesNotAnswer(f"No server answers at {host}:{port} ({error}).") from error
    finally:
        connection.close()
    if status != 200:
        raise ServerDoesNotAnswer(f"What answers at {host}:{port}{path} says {status}.")


def _reachable(host: str) -> str:
    """An address to ask a server at that listens at `host`, which may be all of this machine."""
    try:
        listening = ip_address(host)
    except ValueError:
        return host
    if listening.is_unspecified:
        return "::1" if listening.version == 6 else "127.0.0.1"
    return host
