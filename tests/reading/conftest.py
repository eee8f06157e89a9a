"""What all tests of reading share."""

from __future__ import annotations

import pytest

from indexer import second_opinion


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages are read by our own rules, whether or not the second reader is installed; its own tests ask for it."""
    monkeypatch.setattr(second_opinion, "is_installed", lambda: False)
