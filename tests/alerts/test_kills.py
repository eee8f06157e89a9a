"""A process that is killed while it watches loses nothing and sends nothing that receivers could take for another."""

import json
import os
import signal
import subprocess
from pathlib import Path

import pytest

from tests.alerts.conftest import SAVED, Desk
from tests.alerts.receivers import webhook
from tests.commands.running import COMMAND, Shell
from tests.families.sample import article, put
from web.alerts.outbox import Outbox


def command(desk: Desk) -> subprocess.Popen[bytes]:
    call = [
        *COMMAND,
        "watch",
        str(desk.searches),
        "--index",
        str(desk.index),
        "--state",
        str(desk.folder / "state.sqlite"),
    ]
    return subprocess.Popen(call, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def test_a_kill_while_sending_loses_nothing(desk: Desk) -> None:
    """Killed with kill -9 while a webhook has a message in its hands, the next run sends the same one again."""
    with webhook() as hook:
        desk.saves(SAVED + f'webhook = "{hook.address}"\n')
        desk.watcher().run()
        put(desk.index, [article(str(number), f"Hochwasser {number}") for number in range(3)])
        process = command(desk)
        hook.before = lambda: os.kill(process.pid, signal.SIGKILL)
        assert process.wait(120) == -signal.SIGKILL
        hook.before = lambda: None
        watched = desk.watcher().run()
        assert (watched.sent, watched.failures) == (1, ())
        assert len(hook.got) == 2
        assert hook.got[0] == hook.got[1]
    assert desk.lines() == ["0", "1", "2"]


def test_a_stop_at_any_moment_loses_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stopped before or behind each step, a later run has sent each story, once to a file."""

    class Killed(BaseException):
        """Nothing catches it."""

    desk.saves(SAVED + 'atom = "neu.atom"\n')
    desk.watcher().run()
    for number, (step, behind) in enumerate(
        (step, behind) for step in ("add", "note_sent", "open_deliveries", "known") for behind in (False, True)
    ):
        put(desk.index, [article(f"{number}", f"Hochwasser {number}")])
        original = getattr(Outbox, step)

        def stopped(outbox: Outbox, *values: object, original: object = original, behind: bool = behind) -> None:
            if behind:
                original(outbox, *values)  # type: ignore[operator]
            raise Killed

        with monkeypatch.context() as patch:
            patch.setattr(Outbox, step, stopped)
            with pytest.raises(Killed):
                desk.watcher().run()
    desk.watcher().run()
    assert desk.lines() == [str(number) for number in range(8)]
    feed = (desk.folder / "neu.atom").read_text()
    assert all(f"/artikel/{number}" in feed for number in range(8))


def test_the_command_tells_what_it_did(desk: Desk) -> None:
    """Counts stand on standard output, failures on standard error with code 1, a bad file is one sentence."""
    shell = Shell(desk.folder)
    call = ("watch", "searches.toml", "--index", "index")
    desk.saves(SAVED)
    assert shell.run(*call).out.startswith("Noted in searches.sqlite what there is")
    put(desk.index, [article("1", "Hochwasser")])
    assert shell.run(*call, "--json").json == {"first": False, "new": {"Flut": 1}, "sent": 1, "failures": []}
    assert json.loads(Path(desk.folder / "neu.jsonl").read_text())["id"] == "1"
    desk.saves(SAVED + 'webhook = "http://127.0.0.1:9/"')
    put(desk.index, [article("2", "Hochwasser")])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("web.alerts.channels.PAUSE", 0.01)
        failed = shell.run(*call)
    assert failed.code == 1
    assert "Not sent: Flut" in failed.err
    desk.saves("[[search]]")
    assert shell.run(*call).err.startswith("Error:")
