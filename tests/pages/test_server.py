"""The server listens where it says and leaves politely."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# A server with one more page, whose long answer takes a while.
PROGRAM = """
import sys, time, web.server
def with_slow_page(directory, url, create=web.server.create_app):
    app = create(directory, url)
    app.add_url_rule("/slow", view_func=lambda: time.sleep(1) or "x" * 3_000_000)
    return app
web.server.create_app = with_slow_page
web.server.serve(sys.argv[1], port=0, announce=lambda url: print(url, flush=True))
"""


@contextmanager
def running(index: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A server process and its URL; the process is ended if the test did not."""
    command = [sys.executable, "-c", PROGRAM, str(index)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT) as process:
        try:
            assert process.stdout
            yield process, process.stdout.readline().strip()
        finally:
            process.kill()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_running_requests_are_answered_before_the_end(sample_index: Path, number: signal.Signals) -> None:
    """Asked to stop, the server finishes the answer it is working on, to its last byte, and ends without an error."""
    with running(sample_index) as (process, url):
        threading.Timer(0.4, process.send_signal, [number]).start()
        with urllib.request.urlopen(f"{url}slow", timeout=20) as response:
            assert len(response.read()) == 3_000_000
        assert process.wait(timeout=20) == 0
        assert process.stderr
        assert "Traceback" not in process.stderr.read()


def test_ids_with_slashes_survive_the_server(sample_index: Path) -> None:
    """An encoded URL as an id reaches the archive unchanged through the real server."""
    with running(sample_index) as (_, url):
        for path in (
            "api/articles/https%3A%2F%2Fexample.org%2Fa%3Fb%3D1%26c%3D%C3%A4%23d",
            "artikel/txt/mauerfall.txt",
        ):
            with urllib.request.urlopen(url + path, timeout=10) as response:
                assert response.status == 200


def test_endless_addresses_are_refused(sample_index: Path) -> None:
    """An address of 40,000 letters, which would stand in every link of its page, is not read at all."""
    with running(sample_index) as (_, url), pytest.raises(urllib.error.HTTPError, match="431"):
        urllib.request.urlopen(f"{url}suche?source={'x' * 40_000}", timeout=10)
