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
