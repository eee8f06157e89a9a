"""How the real server is operated: logs, metrics, limits, password, keys, other origins, and wrong settings."""

from __future__ import annotations

import base64
import json
import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from werkzeug.test import Client

from search.errors import SettingUnusable
from tests.commands.running import COMMAND, Shell
from tests.server.serving import PATIENCE, Server, becomes, ended, ready, started
from web import create_app
from web.operation.access import Credentials
from web.operation.answering import Answering
from web.operation.options import Operation

SECRET = "Übergang 1989"


def basic(password: str) -> str:
    return "Basic " + base64.b64encode(f"leser:{password}".encode()).decode()


def run(*arguments: str, file: Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
    command = [*COMMAND, *arguments, "--file", str(file)]
    return subprocess.run(command, input=stdin, capture_output=True, text=True, timeout=PATIENCE, check=False)


def number(text: str, name: str) -> float:
    """The value of a line of metrics, all of whose labels are summed up."""
    found = re.findall(rf"^{re.escape(name)}(?:\{{[^}}]*\}})? (\S+)$", text, re.MULTILINE)
    assert found, f"{name} is not in {text}"
    return sum(map(float, found))


def test_requests_are_logged_in_the_common_format(sample_index: Path) -> None:
    """Each request is a line on standard output that programs for Apache's logs read; quotes in it are encoded."""
    with started(sample_index, NACHLESE_ACCESS_LOG="common") as server:
        server.ask("/api/search?q=%22Mauer%22&size=1")
        server.ask("/artikel/%22%0A%C3%A4?q=%0A")
        lines = ended(server)[0].splitlines()
    pattern = r'127\.0\.0\.1 - - \[\d\d/\w{3}/\d{4}:\d\d:\d\d:\d\d \+0000\] "GET [^" ]+ HTTP/1\.1" (?:200|404) [1-9]\d*'
    assert all(re.fullmatch(pattern, line) for line in lines), lines
    assert "/api/search?q=%22Mauer%22&size=1" in lines[0]
    assert "/artikel/%22%0A%C3%A4?q=%0A" in lines[1]


def test_requests_are_logged_as_json_without_what_was_asked(sample_index: Path) -> None:
    """A line is an object; where queries are left out, nothing of them is in it, nor in the log of slow requests."""
    settings = {"NACHLESE_ACCESS_LOG": "json", "NACHLESE_LOG_QUERIES": "no", "NACHLESE_SLOW": "0.000001"}
    with started(sample_index, **settings) as server:
        server.ask("/api/search?q=Geheimnis", User_Agent='Prüfer "1"\t'.encode().decode("latin-1"))
        out, err = ended(server)
    line = json.loads(out)
    assert (line["client"], line["path"], line["query"]) == ("127.0.0.1", "/api/search", None)
    assert (line["status"], line["route"], line["hits"]) == (200, "api.search", 0)
    assert line["ms"] > 0
    assert re.search(r"s for /api/search$", err, re.MULTILINE)
    assert "Geheimnis" not in out + err


FAKE = "/%0AFAKE%20LINE%1b%5b31m%c2%85%e2%80%a8"


@pytest.mark.parametrize("path", ["/ort/Berlin", "/api/articles/x", "/artikel/x", "/suche", "/person"])
def test_no_path_makes_a_line_of_the_log(sample_index: Path, path: str, caplog: pytest.LogCaptureFixture) -> None:
    """What is stopped or fails is logged with its path, in which all that a terminal may obey is encoded."""
    app = create_app(sample_index, operation=Operation(deadline=0.000001))
    app.add_url_rule("/person/<path:_>", view_func=lambda _: 1 / 0)
    for application in (app, Answering(app, 1, Operation())):
        Client(application).get(path + FAKE)
    said = [record.getMessage() for record in caplog.records]
    assert all(line.isascii() and line.isprintable() for line in said), said
    assert path == "/suche" or any("FAKE%20LINE" in line for line in said)


@pytest.mark.parametrize("method", ["GET\n\x1b", "GET\x85"])
def test_no_method_makes_a_line_of_the_log(sample_index: Path, method: str, caplog: pytest.LogCaptureFixture) -> None:
    """If the application itself fails, method and path are encoded, too."""
    app = create_app(sample_index)
    app.before_request(lambda: sys.exit("failed"))
    environ = {"REQUEST_METHOD": method, "PATH_INFO": "/x\nFAKE\x1b[31m\xff"}
    Client(Answering(app, 1, Operation())).open("/", environ_overrides=environ)
    (record,) = caplog.records
    assert record.getMessage().isprintable()
    assert record.getMessage().endswith("/x%0AFAKE%1B%5B31m%FF failed")


def test_a_closed_standard_output_is_no_reason_not_to_answer(sample_index: Path) -> None:
    """Without a standard output the server starts, answers and ends as ever."""
    program = (
        "import os, runpy, sys; os.close(1); sys.argv = sys.argv[1:]; runpy.run_path(sys.argv[0], run_name='__main__')"
    )
    command = [sys.executable, "-c", program, COMMAND[1], "serve", "--index", str(sample_index), "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr
        server = Server(process, int(process.stderr.readline().rstrip("/\n").rpartition(":")[2]))
        assert server.ask("/api/search?q=Mauer")[0] == 200
        assert "Traceback" not in ended(server)[1]


def test_all_processes_count_together(sample_index: Path) -> None:
    """/metrics has the requests of all processes, whichever answers, and what the index holds."""
    with started(sample_index, "--workers", "2", NACHLESE_METRICS="local") as server:
        for _ in range(20):
            assert server.ask("/api/search?q=Mauer")[0] == 200
        for _ in range(5):
            assert server.ask("/suche.json?q=xyzzy")[0] == 200
        status, headers, text = server.ask("/metrics")
        assert (status, headers["content-type"]) == (200, "text/plain; version=0.0.4; charset=utf-8")
        assert number(text, 'nachlese_requests_total{route="api.search",status="200"}') == 20
        assert number(text, "nachlese_searches_total") == 25
        assert number(text, "nachlese_searches_without_hits_total") == 5
        assert number(text, "nachlese_request_seconds_count") == 25
        assert number(text, "nachlese_index_ready") == 1
        assert number(text, "nachlese_index_articles") > 0
        assert number(text, "nachlese_index_age_seconds") > 0
        if sys.platform == "linux":
            assert len(re.findall("^nachlese_process_memory_bytes{", text, re.MULTILINE)) == 2


@pytest.mark.parametrize(("wanted", "expected"), [("off", 404), ("local", 404), ("all", 200)])
def test_strangers_do_not_read_metrics(sample_index: Path, wanted: str, expected: int) -> None:
    """Who comes through a proxy, as from anywhere else, reads metrics only if all may."""
    with started(sample_index, "--workers", "1", NACHLESE_METRICS=wanted) as server:
        assert server.ask("/metrics", X_Forwarded_For="203.0.113.9")[0] == expected


def test_health_says_nothing_of_the_archive(server: Server) -> None:
    """Strangers learn that the site lives and is ready, and nothing else."""
    assert json.loads(server.ask("/healthz")[2]) == {"status": "alive"}
    assert json.loads(ready(server)) == {"status": "ready"}


def test_a_client_has_a_limit_that_all_processes_share(sample_index: Path) -> None:
    """Who asks too often is told when to come back, whoever answers; others and health checks are not concerned."""
    with started(sample_index, "--workers", "2", NACHLESE_PROXIES="1", NACHLESE_RATE="60") as server:
        answers = [server.ask("/api/search?q=Mauer", X_Forwarded_For="203.0.113.9") for _ in range(30)]
        allowed = [status for status, _, _ in answers].count(200)
        assert 10 <= allowed < 20
        status, headers, text = answers[-1]
        assert (status, json.loads(text)["status"]) == (429, 429)
        assert 1 <= int(headers["retry-after"]) <= 60
        assert server.ask("/suche?q=Mauer", X_Forwarded_For="203.0.113.9")[0] == 429
        # What the client claims itself stands before what the proxy adds, and counts for nothing.
        assert server.ask("/suche?q=Mauer", X_Forwarded_For="198.51.100.1, 203.0.113.9")[0] == 429
        assert server.ask("/healthz", X_Forwarded_For="203.0.113.9")[0] == 200
        assert server.ask("/suche?q=Mauer", X_Forwarded_For="198.51.100.1")[0] == 200


def test_this_machine_has_no_limit_and_claims_are_not_believed(sample_index: Path) -> None:
    """Requests of this machine are not counted; that a proxy seems to be unknown is said once."""
    with started(sample_index, "--workers", "1", NACHLESE_RATE="6") as server:
        for number_ in range(10):
            assert server.ask("/healthz")[0] == 200
            assert server.ask("/hilfe", X_Forwarded_For=f"203.0.113.{number_}")[0] == 200
        assert ended(server)[1].count("NACHLESE_PROXIES") == 1


@pytest.fixture(scope="module")
def access(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A file with a password and a key, and the key."""
    file = tmp_path_factory.mktemp("access") / "access.json"
    assert run("password", file=file, stdin=f"{SECRET}\n").returncode == 0
    made = run("key", "zeitung", file=file)
    assert made.returncode == 0
    return file, made.stdout.strip()


@pytest.fixture(scope="module")
def guarded(sample_index: Path, access: tuple[Path, str]) -> Iterator[Server]:
    """A server with a password."""
    with started(sample_index, "--workers", "2", NACHLESE_ACCESS=str(access[0]), NACHLESE_ACCESS_LOG="json") as server:
        yield server


def test_nothing_secret_is_kept(access: tuple[Path, str]) -> None:
    """Neither password nor key stand in the file, which only its owner may read."""
    file, key = access
    text = file.read_text()
    assert SECRET not in text
    assert key not in text
    assert file.stat().st_mode & 0o077 == 0


PAGES = ("/", "/suche?q=Mauer", "/artikel/wn-123", "/suche.csv?q=Mauer", "/namen", "/opensearch.xml", "/nichts")
API = ("/api/search?q=Mauer", "/api/suggest?q=Ma", "/openapi.json", "/api/articles/wn-123")


@pytest.mark.parametrize("path", [*PAGES, *API])
def test_with_a_password_everything_needs_it(guarded: Server, access: tuple[Path, str], path: str) -> None:
    """Without it nothing is told; with it, or with a key, everything as ever."""
    for headers in ({}, {"Authorization": "Basic !"}, {"X_API_Key": "falsch"}):
        status, answered, text = guarded.ask(path, **headers)
        assert status == 401
        assert "basic" in answered["www-authenticate"].lower()
        assert "Mauer" not in re.sub('q=Mauer|value="Mauer"', "", text)  # what was asked
    expected = 404 if path == "/nichts" else 200
    for headers in (
        {"Authorization": basic(SECRET)},
        {"Authorization": f"Bearer {access[1]}"},
        {"X_API_Key": access[1]},
    ):
        assert guarded.ask(path, **headers)[0] == expected


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/robots.txt", "/favicon.ico", "/static/style.css"])
def test_what_needs_no_password(guarded: Server, path: str) -> None:
    """Supervisors and crawlers need none; crawlers are told to read nothing."""
    assert becomes(lambda: guarded.ask(path)[0] == 200)  # a process says 503 until the archive is loaded
    assert guarded.ask("/robots.txt")[2] == "User-agent: *\nDisallow: /\n"


def test_with_keys_alone_programs_need_one(sample_index: Path, tmp_path: Path) -> None:
    """The pages stay open, the API needs a key, and the log has its name."""
    file = tmp_path / "access.json"
    key = run("key", "zeitung", file=file).stdout.strip()
    with started(sample_index, NACHLESE_ACCESS=str(file), NACHLESE_ACCESS_LOG="json") as server:
        assert server.ask("/suche?q=Mauer")[0] == 200
        status, headers, text = server.ask("/api/search?q=Mauer")
        assert (status, headers["www-authenticate"]) == (401, "Bearer realm=Nachlese")
        assert "X-API-Key" in json.loads(text)["detail"]
        assert server.ask("/api/search?q=Mauer", X_API_Key=key)[0] == 200
        users = [json.loads(line)["user"] for line in ended(server)[0].splitlines()]
    assert users == [None, None, "zeitung"]


def test_who_guesses_is_slowed_down(sample_index: Path, access: tuple[Path, str]) -> None:
    """After a few wrong passwords none is looked at for a while; who is known already goes on reading."""
    with started(sample_index, "--workers", "1", NACHLESE_ACCESS=str(access[0])) as server:
        assert server.ask("/hilfe", Authorization=basic(SECRET))[0] == 200
        answers = [server.ask("/hilfe", Authorization=basic(f"falsch {number_}")) for number_ in range(10)]
        assert {status for status, _, _ in answers} == {401, 429}
        assert answers[0][0] == 401
        assert not any("Wörter" in text for _, _, text in answers)
        assert server.ask("/hilfe", Authorization=basic(SECRET))[0] == 200


def test_a_password_or_key_can_be_taken_away(tmp_path: Path) -> None:
    """Both go by their command; the name of a key that is unknown is an error with the known ones."""
    file = tmp_path / "access.json"
    run("key", "eins", file=file)
    run("key", "zwei", file=file)
    run("password", file=file, stdin="geheim\n")
    assert "eins, zwei" in run("key", "drei", "--remove", file=file).stderr
    assert run("key", "eins", "--remove", file=file).returncode == 0
    assert run("password", "--remove", file=file).returncode == 0
    kept = json.loads(file.read_text())
    assert (kept["password"], list(kept["keys"])) == ("", ["zwei"])
    assert "standard input" in run("password", file=file).stderr


def test_other_origins_read_the_api_only_if_they_may(sample_index: Path) -> None:
    """Pages of the named origins may ask the API, also with a key; no others, and nothing else of the site."""
    with started(sample_index, NACHLESE_CORS="https://a.example https://b.example") as server:
        allowed = "access-control-allow-origin"
        asked = server.ask("/api/search?q=Mauer", Origin="https://b.example")
        assert (asked[1][allowed], asked[1]["vary"]) == ("https://b.example", "Origin, Accept-Encoding")
        preflight = server.ask("/api/search", "OPTIONS", Origin="https://a.example")
        assert preflight[0] == 200
        assert "X-API-Key" in preflight[1]["access-control-allow-headers"]
        assert allowed not in server.ask("/api/search?q=Mauer", Origin="https://c.example")[1]
        assert allowed not in server.ask("/suche?q=Mauer", Origin="https://a.example")[1]


def test_crawlers_are_told_what_to_read(server: Server) -> None:
    """Articles may be crawled, lists not; the icon lies where old programs look; without a contact none is named."""
    assert "Disallow: /suche\n" in server.ask("/robots.txt")[2]
    with socket.create_connection(("127.0.0.1", server.port), PATIENCE) as connection:
        connection.sendall(b"GET /favicon.ico HTTP/1.0\r\n\r\n")
        answer = b"".join(iter(lambda: connection.recv(1 << 16), b""))
    assert answer.partition(b"\r\n\r\n")[2].startswith(b"\x00\x00\x01\x00")
    assert server.ask("/.well-known/security.txt")[0] == 404


def test_a_contact_and_a_prefix(sample_index: Path) -> None:
    """Below a path the site is whole: links, static files and the contact for holes."""
    settings = {"NACHLESE_PREFIX": "/archiv", "NACHLESE_CONTACT": "mailto:a@example.org"}
    with started(sample_index, **settings) as server:
        page = server.ask("/archiv/suche?q=Mauer")[2]
        links = re.findall(r'(?:href|src|action)="(/[^"]*)"', page)
        assert len(links) > 20
        assert [link for link in links if not link.startswith("/archiv/")] == []
        style = next(link for link in links if "style.css" in link)
        assert server.ask(style)[0] == 200
        refused = re.findall(r"^Disallow: (.*)$", server.ask("/archiv/robots.txt")[2], re.MULTILINE)
        assert "/archiv/suche" in refused
        assert all(path.startswith("/archiv/") for path in refused)
        text = server.ask("/archiv/.well-known/security.txt")[2]
        assert text.startswith("Contact: mailto:a@example.org\nExpires: 20")
        assert [server.ask(path)[0] for path in ("/archiv", "/", "/healthz", "/archive/suche", "/1234567/suche")] == [
            200, 404, 404, 404, 404,
        ]  # fmt: skip


def test_a_good_password_is_no_guess(sample_index: Path, tmp_path: Path) -> None:
    """However many requests a reader's browser makes at once with the right password, none is refused."""
    Credentials().with_password("geheim").write(tmp_path / "access.json")
    app = create_app(sample_index, operation=Operation(access=tmp_path / "access.json"))

    def ask(_: int) -> int:
        far = {"REMOTE_ADDR": "192.0.2.1"}
        return app.test_client().get("/hilfe", auth=("", "geheim"), environ_base=far).status_code

    with ThreadPoolExecutor(20) as several:
        assert set(several.map(ask, range(60))) == {200}


@pytest.mark.skipif(not shutil.which("openssl"), reason="makes the certificate")
def test_the_health_command_asks_as_the_settings_say(sample_index: Path, tmp_path: Path) -> None:
    """Over HTTPS, below a path and behind a password, it ends with 0; with the settings of another server, with 1."""
    certificate, key = tmp_path / "certificate.pem", tmp_path / "key.pem"
    command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=archiv.example.org"
    subprocess.run([*command.split(), "-out", certificate, "-keyout", key], capture_output=True, check=True)
    access = tmp_path / "access.json"
    assert run("key", "programm", file=access).returncode == 0
    settings = {
        "NACHLESE_PREFIX": "/archiv", "NACHLESE_CERTIFICATE": str(certificate), "NACHLESE_KEY": str(key),
        "NACHLESE_ACCESS": str(access), "NACHLESE_HOST": "0.0.0.0",
    }  # fmt: skip
    with started(sample_index, "--workers", "1", **settings) as server:
        asking = [*COMMAND, "serve", "--health", "--port", str(server.port)]
        others = {name: text for name, text in settings.items() if name == "NACHLESE_HOST"}
        for environment, code, said in ((settings, 0, ""), (others, 1, "No server answers at 127.0.0.1")):
            done = subprocess.run(
                asking, env=environment, capture_output=True, text=True, timeout=PATIENCE, check=False
            )
            assert (done.returncode, said in done.stderr) == (code, True), done.stderr


@pytest.mark.skipif(not shutil.which("openssl"), reason="makes the certificates")
def test_a_key_of_another_certificate_is_said_before_the_start(
    sample_index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So are files that are swapped or empty, and none of them is told as a port that is taken."""
    command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=archiv.example.org"
    (tmp_path / "empty.pem").touch()
    for name in "ab":
        files = ["-out", tmp_path / f"{name}.pem", "-keyout", tmp_path / f"{name}.key"]
        subprocess.run([*command.split(), *files], capture_output=True, check=True)
    for certificate, key in (("a.pem", "b.key"), ("a.key", "a.pem"), ("empty.pem", "a.key"), ("a.pem", "empty.pem")):
        monkeypatch.setenv("NACHLESE_CERTIFICATE", str(tmp_path / certificate))
        monkeypatch.setenv("NACHLESE_KEY", str(tmp_path / key))
        done = Shell(sample_index).run("serve", "--index", str(sample_index), "--port", "0")
        assert (done.code, "NACHLESE_KEY must name the key" in done.err) == (2, True)


@pytest.mark.parametrize(
    "content",
    [
        {"password": "x", "keys": {}},
        {"password": "scrypt:99999999:8:1$a$b0", "keys": {}},
        {"password": "", "keys": {"feed": "geheim"}},
        {"password": 5, "keys": {}},
    ],
)
def test_what_is_no_hash_is_said_before_the_start(sample_index: Path, tmp_path: Path, content: object) -> None:
    """A file in which no password could ever be right keeps the server from starting."""
    file = tmp_path / "access.json"
    file.write_text(json.dumps(content))
    with pytest.raises(SettingUnusable, match="NACHLESE_ACCESS"):
        Credentials.read(file)


@pytest.mark.parametrize("typed", [b"x" * 1025 + b"\n", b"a\xffb\n", b"a\x00b\n"])
def test_a_password_that_would_never_be_right_is_refused(tmp_path: Path, typed: bytes) -> None:
    """What is longer than is looked at, or no text, is told when it is set, and nothing is kept."""
    file = tmp_path / "access.json"
    command = [*COMMAND, "password", "--file", str(file)]
    done = subprocess.run(command, input=typed, capture_output=True, timeout=PATIENCE, check=False)
    assert (done.returncode, b"1,024 characters, all printable" in done.stderr) == (1, True)
    assert not file.exists()


def test_a_link_to_the_credentials_stays_one(tmp_path: Path) -> None:
    """The file that the server reads is written, wherever a link to it lies; a name that is none makes no key."""
    (tmp_path / "link.json").symlink_to(tmp_path / "access.json")
    assert run("key", "feed", file=tmp_path / "link.json").returncode == 0
    assert run("key", " ", file=tmp_path / "link.json").returncode == 1
    assert list(Credentials.read(tmp_path / "access.json").keys) == ["feed"]
    assert (tmp_path / "link.json").is_symlink()


def test_a_pipe_is_no_file_of_settings(sample_index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for what may never come."""
    os.mkfifo(tmp_path / "pipe")
    monkeypatch.setenv("NACHLESE_ACCESS", str(tmp_path / "pipe"))
    done = Shell(sample_index).run("serve", "--index", str(sample_index), "--port", "0")
    assert (done.code, "which is no file" in done.err) == (2, True)


@pytest.mark.parametrize(
    ("variable", "value", "remedy"),
    [
        ("NACHLESE_RATE", "viele", "must be a number"),
        ("NACHLESE_RATE", "-1", "must be a number"),
        ("NACHLESE_RATE", "nan", "must be a number"),
        ("NACHLESE_RATE", "0.5", "must be a whole number"),
        ("NACHLESE_PROXIES", "0.9", "must be a whole number"),
        ("NACHLESE_MEMORY", "0.5", "must be a whole number"),
        ("NACHLESE_ACCESS_LOG", "apache", "must be one of off, common, json"),
        ("NACHLESE_METRICS", "yes", "must be one of"),
        ("NACHLESE_ACCESS", "/nowhere/access.json", "cannot be read"),
        ("NACHLESE_ACCESS", __file__, "nachlese password"),
        ("NACHLESE_CERTIFICATE", __file__, "NACHLESE_KEY is needed"),
        ("NACHLESE_CONTACT", "a@example.org", "must begin with mailto:"),
        ("NACHLESE_CONTACT", "mailto:a@example.org\nPolicy: https://b.example", "without blanks and line breaks"),
        ("NACHLESE_CONTACT", "https://a.example/b\x85", "without blanks and line breaks"),
        ("NACHLESE_PREFIX", "archiv", "must begin with /"),
        ("NACHLESE_PREFIX", "/a/../b", "must be a path of names"),
        ("NACHLESE_PREFIX", "/..", "must be a path of names"),
        ("NACHLESE_PREFIX", "//x", "must be a path of names"),
        ("NACHLESE_PREFIX", "/a//b", "must be a path of names"),
        ("NACHLESE_PREFIX", "/a b", "must be a path of names"),
        ("NACHLESE_PREFIX", "/a?b", "must be a path of names"),
        ("NACHLESE_PREFIX", "/a\nb", "must be a path of names"),
        ("NACHLESE_CORS", "foo", "must be origins"),
        ("NACHLESE_CORS", "https://a.example https://ok.example/", "must be origins"),
        ("NACHLESE_CORS", "https://OK.example", "must be origins"),
        ("NACHLESE_CORS", "https://ok.example:443", "must be origins"),
        ("NACHLESE_CORS", "null", "must be origins"),
        ("NACHLESE_CORS", "https://*.example", "must be origins"),
        ("NACHLESE_URL", "https://exa mple.org", "must begin with https:// or http:// and a host"),
        ("NACHLESE_URL", "https://example.org/archiv", "set by NACHLESE_PREFIX"),
        ("NACHLESE_URL", "https://example.org/?a", "must end with the host"),
        ("NACHLESE_URL", "https://example.org:x", "must begin with https:// or http:// and a host"),
        ("NACHLESE_URL", "https://", "must begin with https:// or http:// and a host"),
    ],
)
def test_a_wrong_setting_is_said_before_the_start(
    sample_index: Path, monkeypatch: pytest.MonkeyPatch, variable: str, value: str, remedy: str
) -> None:
    """What cannot be used ends the command with the variable and what is expected, and nothing is served."""
    monkeypatch.setenv(variable, value)
    monkeypatch.setattr("web.server.keep", lambda *_: pytest.fail("it is served"))
    done = Shell(sample_index).run("serve", "--index", str(sample_index), "--port", "0")
    assert done.code == 2
    assert variable in done.err.replace("NACHLESE_KEY is needed together with ", "NACHLESE_KEY is needed ")
    assert remedy in done.err
