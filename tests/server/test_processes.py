"""The server listens where it says, in as many processes as it is told, and leaves politely."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from search import Article, write_archive
from tests.commands.running import COMMAND
from tests.server.serving import PATIENCE, becomes, ended, started

ROOT = Path(__file__).parents[2]
# A server with two more pages: one whose long answer takes a while, and one that answers two readers together.
PROGRAM = """
import os, sys, threading, time, pathlib, web.server
from web.shared_archive import archive
meeting = pathlib.Path(sys.argv[2])
def meet(round):
    (meeting / f"{round}-{os.getpid()}-{threading.get_ident()}").touch()
    while len(list(meeting.glob(f"{round}-*"))) < 2:
        time.sleep(0.01)
    return {"process": os.getpid(), "articles": archive().status().articles}
def slow():
    (meeting / "slow").touch()
    time.sleep(1)
    return "x" * 3_000_000
def with_more_pages(directory, url, operation, create=web.server.create_app):
    app = create(directory, url, operation)
    app.add_url_rule("/slow", view_func=slow)
    app.add_url_rule("/meet/<round>", view_func=meet)
    return app
web.server.create_app = with_more_pages
announce = lambda url: print(url, flush=True)
web.server.serve(sys.argv[1], port=0, threads=2, announce=announce, workers=int(sys.argv[3]))
"""


@contextmanager
def running(index: Path, folder: Path, workers: int = 2) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A server process and its URL; the process is ended if the test did not. Readers meet in `folder`."""
    command = [sys.executable, "-c", PROGRAM, str(index), str(folder), str(workers)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT) as process:
        try:
            assert process.stdout
            yield process, process.stdout.readline().strip()
        finally:
            process.kill()


def read(url: str) -> bytes:
    """What an address answers."""
    with urllib.request.urlopen(url, timeout=PATIENCE) as response:
        answer: bytes = response.read()
        return answer


def ask(url: str) -> Any:
    """The JSON that an address answers."""
    return json.loads(read(url))


def meet(url: str, time: str) -> dict[int, int]:
    """Two processes of the server that answer two readers at once, with the number of articles each knows."""
    for attempt in range(1000):  # any process may take both
        with ThreadPoolExecutor() as readers:
            answers = list(readers.map(ask, [f"{url}meet/{time}-{attempt}"] * 2))
        if answers[0]["process"] != answers[1]["process"]:
            break
    return {answer["process"]: answer["articles"] for answer in answers}


def lives(pid: int) -> bool:
    """Whether there is a process with this number."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_running_requests_are_answered_before_the_end(
    sample_index: Path, tmp_path: Path, number: signal.Signals, workers: int
) -> None:
    """Asked to stop, the server finishes the answer it is working on, to its last byte, and ends without an error."""
    with running(sample_index, tmp_path, workers) as (process, url):
        with ThreadPoolExecutor(1) as reader:
            answer = reader.submit(read, f"{url}slow")
            assert becomes((tmp_path / "slow").exists)
            process.send_signal(number)
            assert len(answer.result(PATIENCE)) == 3_000_000
        assert process.wait(PATIENCE) == 0
        assert process.stderr
        assert "Traceback" not in process.stderr.read()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_all_processes_can_be_told_at_once(sample_index: Path, number: signal.Signals) -> None:
    """Ctrl-C and supervisors tell parent and children; all of them end by themselves."""
    with started(sample_index, "--workers", "2", group=True, NACHLESE_SLOW="0") as server:
        assert server.ask("/hilfe")[0] == 200
        os.killpg(server.process.pid, number)
        _, err = server.process.communicate(timeout=PATIENCE)
    assert (server.process.returncode, err) == (0, "")


def test_ids_with_slashes_survive_the_server(sample_index: Path, tmp_path: Path) -> None:
    """An encoded URL as an id reaches the archive unchanged through the real server."""
    with running(sample_index, tmp_path) as (_, url):
        for path in (
            "api/articles/https%3A%2F%2Fexample.org%2Fa%3Fb%3D1%26c%3D%C3%A4%23d",
            "artikel/txt/mauerfall.txt",
        ):
            with urllib.request.urlopen(url + path, timeout=10) as response:
                assert response.status == 200


def test_two_readers_are_answered_by_two_processes(own_index: Path, tmp_path: Path) -> None:
    """Two processes answer at the same time, and each sees what is committed meanwhile."""
    with running(own_index, tmp_path) as (_, url):
        before = meet(url, "before")
        with write_archive(own_index) as writer:
            writer.put(Article("2", "Gipfel"))
        after = meet(url, "after")
    assert list(before.values()) == [1, 1]
    assert after == dict.fromkeys(before, 2)


def test_a_killed_process_is_replaced(own_index: Path, tmp_path: Path) -> None:
    """Another process takes the place of one that is killed, and says so in the log."""
    with running(own_index, tmp_path) as (process, url):
        killed, other = meet(url, "before")
        os.kill(killed, signal.SIGKILL)
        after = meet(url, "after")
        process.terminate()
        assert process.wait(PATIENCE) == 0
        assert process.stderr
        told = [line for line in process.stderr.read().splitlines() if " s for /" not in line]  # on a busy machine
    assert told == [f"Process {killed} ended with -9; another one takes its place."]
    assert other in after
    assert killed not in after


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_no_process_outlives_its_parent(own_index: Path, tmp_path: Path, number: signal.Signals) -> None:
    """All processes end with the first one, even if that is killed."""
    with running(own_index, tmp_path) as (process, url):
        workers = meet(url, "before")
        process.send_signal(number)
        process.wait(PATIENCE)
        assert becomes(lambda: not any(map(lives, workers)))


@pytest.mark.parametrize("everybody", [True, False])
def test_nothing_is_left_of_a_server_that_was_killed(own_index: Path, tmp_path: Path, everybody: bool) -> None:
    """Its folder for temporary files is removed by its processes, and if those were killed, too, by the next server."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    (temporary / "nachlese-of-others").mkdir()
    with started(own_index, "--workers", "2", group=True, TMPDIR=str(temporary)) as server:
        assert server.ask("/hilfe")[0] == 200
        (left,) = temporary.glob("nachlese-*/lock")
        if everybody:
            os.killpg(server.process.pid, signal.SIGKILL)
        else:
            server.process.kill()
    if everybody:
        with started(own_index, "--workers", "1", TMPDIR=str(temporary)) as server:
            with started(own_index, "--workers", "1", TMPDIR=str(temporary)):
                assert len([*temporary.glob("nachlese-*/lock")]) == 2
            ended(server)
    assert becomes(lambda: not left.parent.exists())
    assert (temporary / "nachlese-of-others").exists()


def test_a_port_in_use_is_an_error_with_a_remedy(own_index: Path) -> None:
    """The command says that it cannot listen, and what to do, and ends."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        command = [*COMMAND, "serve", "--index", str(own_index), "--port", port]
        done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert done.returncode == 1
    assert f"Cannot listen on 127.0.0.1:{port}" in done.stderr
    assert "Choose another --port." in done.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere an index that is mapped counts, too")
def test_a_process_that_takes_too_much_memory_is_replaced(own_index: Path) -> None:
    """Another process takes the place of one that has grown beyond the limit, and the log says so."""
    with started(own_index, "--workers", "1", NACHLESE_MEMORY="1", NACHLESE_METRICS="local") as server:
        assert server.process.stderr
        assert (
            "takes more than 1 MiB (NACHLESE_MEMORY); another one takes its place" in server.process.stderr.readline()
        )
        assert server.ask("/api/search?q=Gipfel")[0] == 200


def test_a_certificate_makes_it_https(own_index: Path, tmp_path: Path) -> None:
    """With a certificate and its key the server speaks HTTPS, and says so."""
    if not (openssl := shutil.which("openssl")):
        pytest.skip("openssl, which makes the certificate, is not installed: apt-get install openssl")
    certificate, key = tmp_path / "certificate.pem", tmp_path / "key.pem"
    request = "req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1"
    files = ["-keyout", str(key), "-out", str(certificate)]
    subprocess.run([openssl, *request.split(), *files], check=True, capture_output=True)
    settings = {"NACHLESE_CERTIFICATE": str(certificate), "NACHLESE_KEY": str(key)}
    with started(own_index, "--workers", "1", **settings) as server:
        trusted = ssl.create_default_context(cafile=str(certificate))
        url = f"https://127.0.0.1:{server.port}/api/search?q=Gipfel"
        with urllib.request.urlopen(url, timeout=PATIENCE, context=trusted) as response:
            assert json.load(response)["total"] == 1
