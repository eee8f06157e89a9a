from pathlib import Path

import pytest

from tests.commands.running import Shell


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """A shell in an empty folder, with the index in its folder `index`."""
    monkeypatch.delenv("NACHLESE_INDEX", raising=False)
    monkeypatch.chdir(tmp_path)
    return Shell(tmp_path)
