"""Which characters bytes mean."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.encodings import decode, decode_page, is_binary

TEXT = "Größe – „Straße“ für 5 €"

ENCODED = [
    ("UTF-8", TEXT.encode()),
    ("UTF-8 with mark", TEXT.encode("utf-8-sig")),
    ("UTF-16", TEXT.encode("utf-16")),
    ("UTF-16 big-endian", b"\xfe\xff" + TEXT.encode("utf-16-be")),
    ("UTF-32", TEXT.encode("utf-32")),
    ("UTF-32 big-endian", b"\x00\x00\xfe\xff" + TEXT.encode("utf-32-be")),
    ("Windows-1252", TEXT.encode("cp1252")),
]


@pytest.mark.parametrize(("name", "data"), ENCODED, ids=[name for name, _ in ENCODED])
def test_the_usual_encodings_are_recognised(name: str, data: bytes) -> None:
    """Text is read in the encoding it was written in, without anybody saying which."""
    assert decode(data) == TEXT
    assert not is_binary(data)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"M\xfcller", "Müller"),
        (b"Spa\xdf\x93 und \x84Gr\xf6\xdfe\x93", "Spaß“ und „Größe“"),  # ß and a quotation mark are valid UTF-8
        (b"\x80\x81", "€\x81"),  # 0x81 has no character in Windows-1252
        ("für die Größe der Häuser".encode()[:-5], "für die Größe der HÃ"),  # cut within a letter
        (b"", ""),
    ],
)
def test_odd_bytes_have_one_reading(data: bytes, text: str) -> None:
    """Bytes that are not valid UTF-8 are Windows-1252; a few of them within UTF-8 do not spoil the rest."""
    assert decode(data) == text


DECLARED = [
    (b'<meta charset="iso-8859-1">\x84Z\x93', "„Z“"),  # browsers read ISO-8859-1 as Windows-1252
    (b'<meta charset="iso-8859-2">\xb3', "ł"),
    (b'<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">\xc0', "А"),
    (b"<?xml version='1.0' encoding='ISO-8859-15'?>\xa4", "€"),
    (b'<meta charset="iso-8859-1">M\xc3\xbcller', "Müller"),  # the declaration is wrong
    (b'<meta charset="utf-8">M\xfcller', "Müller"),  # here, too
    (b'<meta charset="utf-7">+ADw-', "+ADw-"),  # an attack, not an encoding of German pages
    (b'<meta charset="cp999">\xfc', "ü"),
    (b'\xef\xbb\xbf<meta charset="iso-8859-2">M\xc3\xbcller', "Müller"),
]


@pytest.mark.parametrize(("data", "text"), DECLARED)
def test_pages_are_read_as_they_declare(data: bytes, text: str) -> None:
    """A declared encoding counts where mark and valid UTF-8 say nothing else."""
    assert decode_page(data).endswith(text)


@pytest.mark.parametrize(
    ("data", "binary"),
    [(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", True), (b"\xef\xbb\xbfa\0", True), (b"Text", False), (b"", False)],
)
def test_nul_bytes_tell_what_is_no_text(data: bytes, binary: bool) -> None:
    """A file with NUL bytes is no text unless a mark says that its characters are wide."""
    assert is_binary(data) is binary


@given(st.binary(max_size=200))
def test_decoding_never_fails(data: bytes) -> None:
    """Every byte sequence has a text, and that text can be stored."""
    assert not any("\ud800" <= letter <= "\udfff" for letter in decode(data) + decode_page(data))


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=50))
def test_utf_8_survives(text: str) -> None:
    """Text in UTF-8 is read as it was written (but for a mark at its start)."""
    assert decode(text.encode()) == text.removeprefix("\ufeff")
