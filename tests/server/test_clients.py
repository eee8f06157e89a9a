"""Who asks is who connects, or what the proxies say that the operator believes; nobody can choose who he is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.server.serving import ended, started
from web.operation.asgi import environment
from web.operation.clients import believing, client, is_forwarded, is_loopback

PROXY = "127.0.0.1"


def believed(proxies: int, **headers: str) -> dict[str, Any]:
    """The environment of a request that came with such headers from a proxy on this machine."""
    named = {f"HTTP_X_FORWARDED_{name.upper()}": text for name, text in headers.items()}
    environ = {"REMOTE_ADDR": PROXY, "wsgi.url_scheme": "http", **named}
    believing(proxies)(environ)
    return environ


@pytest.mark.parametrize(
    ("proxies", "said", "expected"),
    [
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "198.51.100.1, 203.0.113.9", "203.0.113.9"),
        (1, "127.0.0.1,203.0.113.9", "203.0.113.9"),
        (2, "198.51.100.1, 203.0.113.9", "198.51.100.1"),
        (1, "203.0.113.9:4711", "203.0.113.9"),
        (1, "2001:db8:1:2:3::9", "2001:db8:1:2::/64"),
        (1, "[2001:db8:1:2:3::9]:4711", "2001:db8:1:2::/64"),
        (1, "::ffff:203.0.113.9", "203.0.113.9"),
        (1, '"127.0.0.1, 203.0.113.9', "203.0.113.9"),
    ],
)
def test_a_client_is_the_address_that_the_outermost_proxy_adds(proxies: int, said: str, expected: str) -> None:
    """Of as many proxies as are believed; what the client wrote before counts for nothing, nor does a port."""
    assert client(believed(proxies, **{"for": said})) == expected


UNUSABLE = ("", " ", ",", "127.0.0.1,", "127.0.0.1, ,", "unknown", "\xff, x", "localhost", "127.1", "a\n127.0.0.1", "[")


@pytest.mark.parametrize("said", UNUSABLE)
def test_who_came_through_a_proxy_that_names_no_address_is_a_stranger(said: str) -> None:
    """He is not the proxy, and all such strangers are one client."""
    environ = believed(1, **{"for": said})
    assert not is_loopback(environ)
    assert environ["REMOTE_ADDR"] == ""
    assert client(environ) == client(believed(1, proto="https")) == client(believed(2, **{"for": PROXY}))


@pytest.mark.parametrize("zone", ["eth0", "\n127.0.0.1 - - forged", "\x1b[31m"])
def test_nothing_but_an_address_is_noted(zone: str) -> None:
    """The zone behind an address of IPv6 may be any text, and is left out."""
    assert believed(1, **{"for": f"2001:db8::1%{zone}"})["REMOTE_ADDR"] == "2001:db8::1"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("https", "https"),
        ("HTTPS", "https"),
        ("javascript", "http"),
        ("", "http"),
        ("ftp, https", "https"),
        ("a b", "http"),
    ],
)
def test_a_scheme_is_http_or_https(said: str, expected: str) -> None:
    """Links are made of it, so nothing else is believed."""
    assert believed(1, proto=said)["wsgi.url_scheme"] == expected


def test_what_came_through_no_proxy_is_of_who_connects() -> None:
    """Prometheus asks from this machine, beside the proxy that is believed."""
    environ = believed(1)
    assert is_loopback(environ)
    assert not is_forwarded(environ)


@pytest.mark.parametrize("name", [b"x_forwarded_for", b"x-forwarded_for", b"x_forwarded-for", b"x_forwarded_proto"])
@pytest.mark.parametrize("last", [True, False])
def test_headers_with_underscores_are_left_out(name: bytes, last: bool) -> None:
    """WSGI makes one variable of `-` and `_`, so a client could name a header past its proxy."""
    headers = [(b"x-forwarded-for", b"203.0.113.9"), (b"x-forwarded-proto", b"https")]
    forged = [*headers, (name, b"127.0.0.1")] if last else [(name, b"127.0.0.1"), *headers]
    scope = {
        "method": "GET", "raw_path": b"/b%C3%A4r%2F%ff", "query_string": b"q=%ff", "http_version": "1.1",
        "server": ("127.0.0.1", 80), "client": (PROXY, 9), "scheme": "http", "headers": forged,
    }  # fmt: skip
    environ = environment(scope)
    assert (environ["HTTP_X_FORWARDED_FOR"], environ["HTTP_X_FORWARDED_PROTO"]) == ("203.0.113.9", "https")
    assert environ["PATH_INFO"].encode("latin-1") == b"/b\xc3\xa4r/\xff"
    assert environ["QUERY_STRING"] == "q=%ff"


def test_strangers_behind_a_proxy_cannot_choose_who_they_are(sample_index: Path) -> None:
    """With the real server: no metrics, no other bucket, no line of the log and no scheme by a header of one's own."""
    settings = {
        "NACHLESE_PROXIES": "1", "NACHLESE_RATE": "60", "NACHLESE_METRICS": "local", "NACHLESE_ACCESS_LOG": "common",
    }  # fmt: skip
    forged = b"X_Forwarded_For: 127.0.0.1\r\nX_Forwarded_Proto: javascript\r\nConnection: close\r\n\r\n"
    with started(sample_index, "--workers", "1", **settings) as server:

        def ask(path: str, said: bytes) -> bytes:
            head = f"GET {path} HTTP/1.1\r\nHost: a.example\r\nX-Forwarded-For: ".encode()
            return server.raw(head + said + b"\r\n" + forged)

        for said in (b"203.0.113.9", b"\xff, x", b"", b"127.0.0.1,", b" ,"):
            assert b" 404 " in ask("/metrics", said).splitlines()[0]
        feed = ask("/suche.atom?q=Mauer", b"203.0.113.9")
        assert b"http://a.example/" in feed
        assert b"javascript:" not in feed
        answers = [ask("/hilfe", said).split()[1] for _ in range(20) for said in (b"203.0.113.9", b"\xff")]
        assert answers.count(b"429") > 10
        assert server.ask("/metrics")[0] == 200
        lines = ended(server)[0].splitlines()
    assert {line.split(" - ")[0] for line in lines} == {"203.0.113.9", "-", "127.0.0.1"}
