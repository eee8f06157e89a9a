"""A node as it stands behind TLS and a login: what OpenSearch's security plugin or a proxy puts before it."""

from __future__ import annotations

import base64
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

PATIENCE = 60.0  # seconds for an answer of the node


def certificate(folder: Path, name: str) -> tuple[Path, Path]:
    """A certificate of this machine, signed by itself, and its key."""
    made, key = folder / f"{name}.pem", folder / f"{name}.key"
    request = "req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1"
    command = ["openssl", *request.split(), "-keyout", str(key), "-out", str(made)]
    subprocess.run(command, check=True, capture_output=True)
    return made, key


@contextmanager
def gate(port: int, certificate: Path, key: Path, login: str) -> Iterator[int]:
    """The port of a gate to the node at a port of this machine; it lets in who has this `user:password`."""
    expected = f"Basic {base64.b64encode(login.encode()).decode()}"

    class Gate(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_any(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            if self.headers.get("authorization") != expected:
                self.answer(401, {"www-authenticate": 'Basic realm="OpenSearch Security"'}, b"Unauthorized")
                return
            node = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
            node.request(self.command, self.path, body, {"content-type": self.headers.get("content-type") or ""})
            found = node.getresponse()
            self.answer(found.status, {"content-type": found.headers.get("content-type") or ""}, found.read())
            node.close()

        do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = handle_any  # noqa: N815 - as the library calls them

        def answer(self, status: int, headers: dict[str, str], content: bytes) -> None:
            self.send_response(status)
            for name, value in {**headers, "content-length": f"{len(content)}"}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: Any) -> None:
            """Nothing is logged."""

    class Server(ThreadingHTTPServer):
        def handle_error(self, *_: Any) -> None:
            """That somebody did not trust the certificate is no news."""

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with Server(("127.0.0.1", 0), Gate) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()
