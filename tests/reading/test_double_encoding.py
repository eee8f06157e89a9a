"""Letters that were encoded twice are read once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.double_encoding import once
from indexer.encodings import decode

GERMAN = st.text("aäöüßÄÖÜ„“–€é Rt.", min_size=1)


@given(GERMAN)
def test_what_was_encoded_twice_is_read_once(text: str) -> None:
    """A text whose UTF-8 was taken for Windows-1252 and encoded again is itself; a right one stays."""
    assert decode(text.encode()) == text
    twice = text.encode().decode("cp1252", "surrogateescape").encode("utf-8", "replace")
    if b"?" not in twice:
        assert decode(twice) == text


@pytest.mark.parametrize(
    "text", ["Köln, München, Düsseldorf: nicht KÃ¶ln", "SÃO PAULO", "Âge", "Ã", "FranÃ§ois und Zoë, Chloé, Noé"]
)
def test_a_text_about_such_letters_stays(text: str) -> None:
    """Where right letters prevail, or no letter comes of it, nothing is mended."""
    assert once(text) == text


@given(st.text("ÂÃâ€¶¼Ÿ„\u0081\u00a0äa"))
def test_any_text_is_read(text: str) -> None:
    """Any text is read as one that is no longer."""
    assert len(once(text)) <= len(text)
