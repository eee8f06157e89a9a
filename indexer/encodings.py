"""Which characters do these bytes mean? Archives mix UTF-8, UTF-16 and Windows-1252 without saying so.

The order is: a byte order mark decides; then UTF-8, because text in another encoding is hardly ever
valid UTF-8 by accident; then Windows-1252, which every byte sequence can be read as.
"""

from __future__ import annotations

import codecs
import re

from indexer.double_encoding import once

# UTF-32 stands first: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    *((sign.encode(f"utf-16-{order}"), f"utf-16-{order}") for sign in "<{[" for order in ("le", "be")),
)

# Windows-1252 leaves five bytes without a character; like browsers we read them as the ISO-8859-1
# control characters with the same number. Python hands undecodable bytes over as U+DC80..U+DCFF.
_UNDEFINED = {0xDC00 + byte: byte for byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D)}
_AS_1252 = {0xDC00 + byte: bytes([byte]).decode("cp1252", "ignore") or byte for byte in range(0x80, 0x100)}
# ISO 8859 has control characters, which no text has, where Windows-1252 has quotes, dashes and the euro.
_CONTROLS_AS_1252 = {code: bytes([code]).decode("cp1252", "ignore") or chr(code) for code in range(0x80, 0xA0)}

_DECLARED = re.compile(rb"""<(?:meta|\?xml)[^>]{0,500}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_DECLARATION_AREA = 4096  # browsers look into the first 1024 bytes; saved pages put comments before
# Only encodings that German pages were written in: a declared "unicode_escape" or "utf-7" is an attack.
_SINGLE_BYTE = re.compile(r"(?:iso-?8859-?\d{1,2}|windows-?125\d|cp\d{3,4}|koi8-[ru]|macintosh)", re.IGNORECASE)
_MEANT_AS_1252 = re.compile(r"(?:us-)?ascii|latin-?1|iso-?8859-?1|windows-?1252|cp1252", re.IGNORECASE)


def byte_order_mark(data: bytes) -> str | None:
    """The codec that the byte order mark at the start of `data` asks for, or None without a mark.

    The first sign of markup or JSON is as good as a mark.
    """
    return next((codec for mark, codec in _MARKS if data.startswith(mark)), None)


def is_binary(data: bytes) -> bool:
    """Whether `data` is no text at all: it holds NUL bytes although no mark says UTF-16 or UTF-32."""
    return b"\0" in data and byte_order_mark(data) in (None, "utf-8-sig")


def decode(data: bytes) -> str:
    """The text of `data`; every byte sequence has one, so this never raises.

    UTF-8 with a few broken bytes (a text cut in the middle of a letter) stays UTF-8: as long as more
    characters than broken bytes are found, only the broken bytes are read as Windows-1252. Letters that were encoded
    twice are mended.
    """
    return once(_decoded(data))


def _decoded(data: bytes) -> str:
    if codec := byte_order_mark(data):
        return data.decode(codec, errors="replace")
    try:
        return data.decode()
    except UnicodeDecodeError:
        return _repaired(data)


def _repaired(data: bytes) -> str:
    """The text of bytes that are not valid UTF-8."""
    text = data.decode("utf-8", errors="surrogateescape")
    found = len(text.encode("utf-32-le", "ignore")) // 4  # characters; what was not decoded is none
    beyond_ascii = found - len(text.encode("ascii", "ignore"))
    return text.translate(_AS_1252) if beyond_ascii > len(text) - found else _windows_1252(data)


def decode_page(data: bytes, told: str = "") -> str:
    """The text of an HTML page: by its mark, else as UTF-8 if it is valid, else as the page declares, or as `told`.

    A declaration does not outweigh valid UTF-8: servers convert pages and leave the old declaration
    standing. As in browsers, a declared ISO-8859-1 or ASCII means Windows-1252. Never raises.
    """
    declared = _declared_encoding(data, told)
    if declared is None or byte_order_mark(data) or _is_utf8(data):
        return decode(data)
    try:
        return controls_as_1252(data.decode(declared, errors="replace"))
    except LookupError:  # a number that no code page has
        return decode(data)


def decode_told(data: bytes, told: str) -> str:
    """The text of bytes whose encoding a mail tells, "" if it tells none. Never raises.

    As in pages, ISO-8859-1 and ASCII mean Windows-1252, and do not outweigh valid UTF-8.
    """
    if is_meant_as_1252(told):
        return decode(data)
    try:
        return controls_as_1252(data.decode(told or "utf-8"))
    except (LookupError, UnicodeError):
        return decode_page(data)


def is_meant_as_1252(name: str) -> bool:
    """Whether the name of an encoding means Windows-1252: it is one of its names, or of ISO-8859-1 or ASCII."""
    return bool(_MEANT_AS_1252.fullmatch(name))


def controls_as_1252(text: str) -> str:
    """A text with the characters of Windows-1252 in place of the control characters with their numbers."""
    return text.translate(_CONTROLS_AS_1252)


def _windows_1252(data: bytes) -> str:
    return data.decode("cp1252", errors="surrogateescape").translate(_UNDEFINED)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _declared_encoding(data: bytes, told: str) -> str | None:
    """The single-byte encoding that a page declares, else its server, if it tells us more than `decode` would guess."""
    match = _DECLARED.search(data[:_DECLARATION_AREA])
    name = match[1].decode("ascii", errors="replace") if match else told
    if is_meant_as_1252(name) or not _SINGLE_BYTE.fullmatch(name):
        return None
    return name
