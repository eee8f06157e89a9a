"""What was found is sent by each channel; what fails stays, and is the same message when it is sent again."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from urllib.parse import urlsplit

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.alerts.conftest import BASE, SAVED, Desk
from tests.alerts.receivers import Hook, dripping, webhook
from tests.families.sample import article, put
from web.alerts import channels, waiting
from web.alerts.outbox import Outbox

CALLED = '[[search]]\nname = "Flut"\nquery = "Hochwasser"\njsonl = "neu.jsonl"\nwebhook = "{}"\n'


@pytest.fixture
def hook(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hook]:
    monkeypatch.setattr(channels, "PAUSE", 0.01)
    with webhook() as running:
        yield running


class Mailbox(Sink):  # type: ignore[misc]
    """A mail server that keeps what it gets."""

    def __init__(self) -> None:
        self.got: list[EmailMessage] = []
        self.receivers: list[list[str]] = []

    async def handle_DATA(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        self.receivers.append(envelope.rcpt_tos)
        self.got.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"


@pytest.fixture
def mailbox() -> Iterator[tuple[Mailbox, int]]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    box = Mailbox()
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    yield box, port
    controller.stop()


def begin(desk: Desk, lines: str) -> None:
    desk.saves(lines)
    desk.watcher().run()
    put(desk.index, [article("1", "Hochwasser in Köln – die „Straße“ ist überflutet")])


def test_a_webhook_gets_the_stories(desk: Desk, hook: Hook) -> None:
    """A message is JSON with its search and its stories, and is tried again while the server fails."""
    hook.answers = [500, 503]
    begin(desk, CALLED.format(hook.address))
    assert desk.watcher().run().failures == ()
    assert len(hook.got) == 3
    assert len(set(hook.keys)) == 1
    sent = hook.got[-1][1]
    assert (sent["search"], sent["message"]) == ("Flut", hook.keys[0])
    assert sent["stories"][0]["address"] == f"{BASE}/artikel/1"
    assert "überflutet" in sent["stories"][0]["snippet"]


def test_what_fails_is_sent_by_the_next_run(desk: Desk, hook: Hook) -> None:
    """A failure is told, keeps nothing else from being sent, and is made good with the same message."""
    hook.answers = [500, 302, 404]
    begin(desk, CALLED.format(hook.address))
    watched = desk.watcher().run()
    assert watched.failures == (f"Flut: {urlsplit(hook.address).netloc} answers 404",)
    assert desk.lines() == ["1"]
    assert desk.watcher().run().sent == 1
    assert len(hook.got) == 4
    assert len(set(hook.keys)) == 1
    assert desk.watcher().run().sent == 0
    assert desk.lines() == ["1"]


@pytest.mark.parametrize("answer", [500, "nichts da", "tropft"])
def test_the_address_of_a_webhook_is_told_to_nobody(
    desk: Desk, hook: Hook, monkeypatch: pytest.MonkeyPatch, answer: int | str
) -> None:
    """Path and query are often keys: what fails is told by the server alone."""
    monkeypatch.setattr(waiting, "MOST_SECONDS", 0.3)
    hook.answers = [500] * 3
    with dripping() as (drips, _):
        server = {500: urlsplit(hook.address).netloc, "nichts da": "127.0.0.1:9", "tropft": drips}[answer]
        begin(desk, CALLED.format(f"http://{server}/geheim?key=geheim"))
        (failure,) = desk.watcher().run().failures
    assert server in failure
    assert "geheim" not in failure


def test_a_server_that_drips_is_left_behind(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer without an end has a limit, by webhook and by mail; meanwhile its server is not asked again."""
    monkeypatch.setattr(waiting, "MOST_SECONDS", 0.3)
    with dripping() as (server, connections):
        host, port = server.split(":")
        begin(
            desk,
            CALLED.format(f"http://{server}/") + '[[search]]\nname = "Post"\nquery = "Hochwasser"\nmail = "a@b.de"\n'
            f'[mail]\nhost = "{host}"\nport = {port}\nsender = "nachlese@example.org"\n',
        )
        watcher = desk.watcher()
        first, second = watcher.run(), watcher.run()
    assert [failure.split("did not")[-1].strip() for failure in first.failures] == [
        "end its answer within 0.3 s",
        "end its answer within 0.3 s",
    ]
    assert all("still draws out" in failure for failure in second.failures)
    assert len(connections) == 2


def test_a_server_that_is_not_there_is_told(desk: Desk, hook: Hook) -> None:
    """Neither a closed port nor a name without an address ends a run."""
    begin(desk, CALLED.format("http://127.0.0.1:9/neu"))
    (failure,) = desk.watcher().run().failures
    assert "127.0.0.1:9" in failure


def test_a_server_that_is_not_there_is_not_waited_for_again_and_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of many messages for it two are tried in a run; those for others go, and the next run sends all."""
    searches = '[[search]]\nname = "{}"\nquery = "Hochwasser"\njsonl = "neu.jsonl"\nwebhook = "{}"\n'
    begin(desk, "".join(searches.format(number, "http://127.0.0.1:9/neu") for number in range(5)))
    pauses: list[float] = []
    monkeypatch.setattr(channels.post, "__defaults__", (pauses.append,))
    watched = desk.watcher().run()
    assert len(pauses) == 2 * (channels.ATTEMPTS - 1)
    assert watched.failures[2:] == ("3 more for 127.0.0.1:9, which does not answer",)
    assert watched.sent == 5
    with webhook() as hook:
        desk.saves("".join(searches.format(number, hook.address) for number in range(5)))
        assert desk.watcher().run().sent == 5
        assert len(set(hook.keys)) == 5


def test_a_mail_has_the_stories(desk: Desk, mailbox: tuple[Mailbox, int]) -> None:
    """A mail goes to all receivers, with headline, date and link of each story, and an id that is the message's."""
    box, port = mailbox
    begin(
        desk,
        '[[search]]\nname = "Flut"\nquery = "Hochwasser"\nmail = ["a@example.org", "b@example.org"]\n'
        f'[mail]\nhost = "127.0.0.1"\nport = {port}\nsender = "nachlese@example.org"\n',
    )
    assert desk.watcher().run().failures == ()
    (mail,) = box.got
    assert box.receivers == [["a@example.org", "b@example.org"]]
    assert mail["Subject"] == "Flut: 1 neu"
    assert mail["Message-ID"].endswith("@nachlese.invalid>")
    body = mail.get_content()
    assert "Titel 1" in body
    assert "10. Mai 2020" in body
    assert f"{BASE}/artikel/1" in body


def test_a_mail_server_that_refuses_is_told(desk: Desk) -> None:
    """What cannot be mailed stays in the outbox."""
    begin(
        desk,
        '[[search]]\nname = "Flut"\nquery = "Hochwasser"\nmail = "a@example.org"\n'
        '[mail]\nhost = "127.0.0.1"\nport = 9\nsender = "nachlese@example.org"\n',
    )
    (failure,) = desk.watcher().run().failures
    assert failure.startswith("Flut: mail by 127.0.0.1")
    assert desk.watcher().run().failures == (failure,)


@pytest.mark.parametrize("left", ["", '{"message": "x", "id": "y"}\n', '{"message": "half', "Notiz\n"])
def test_a_file_of_lines_is_gone_on_with(desk: Desk, left: str) -> None:
    """What stands in the file stays, but for a line that was cut; lines that were written are not written again."""
    begin(desk, SAVED)
    (desk.folder / "neu.jsonl").write_text(left)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Outbox, "note_sent", lambda *_: None)  # as if killed behind each delivery
        desk.watcher().run()
    desk.watcher().run()
    lines = (desk.folder / "neu.jsonl").read_text().splitlines(keepends=True)
    assert "".join(lines[:-1]) == (left if left.endswith("\n") else "")
    assert '"id": "1"' in lines[-1]


def test_lines_go_to_files_only(desk: Desk) -> None:
    """Of a pipe or a device no end can be looked at: it is told, not waited for."""
    os.mkfifo(desk.folder / "neu.jsonl")
    begin(desk, SAVED)
    (failure,) = desk.watcher().run().failures
    assert failure.endswith("is no file")


def test_what_is_no_longer_watched_is_not_sent(desk: Desk, hook: Hook) -> None:
    """A message of a search that is gone from the file, or goes another way now, is let go."""
    hook.answers = [500] * 3
    begin(desk, CALLED.format(hook.address))
    desk.watcher().run()
    desk.saves(SAVED)
    assert desk.watcher().run().failures == ()
    assert len(hook.got) == 3
