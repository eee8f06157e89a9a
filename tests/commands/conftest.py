import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commands.running import Shell


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """A shell in an empty folder, with the index in its folder `index`."""
    monkeypatch.delenv("NACHLESE_INDEX", raising=False)
    monkeypatch.chdir(tmp_path)
    return Shell(tmp_path)


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Have a command that the test starts heed Ctrl-C, also where the tests run in the background, which ignores it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture
def filled(shell: Shell, request: pytest.FixtureRequest) -> Shell:
    """The same with an index of the RECORDS of the module that asks."""
    shell.records("news.jsonl", *request.module.RECORDS)
    assert shell.run("index", "news.jsonl").code == 0
    return shell
