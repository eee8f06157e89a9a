"""Which letters were encoded twice? *KÃ¶ln* is *Köln* whose UTF-8 was taken for Windows-1252 and encoded once more."""

from __future__ import annotations

import re

# What Windows-1252 shows for the bytes of UTF-8 behind the first of a character; five of them have no sign there.
_FOLLOWING = "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(0x80, 0xC0))
# Letters of western Europe, and marks such as „ and –; others begin with what German capitals look like.
_TWICE = re.compile(f"[ÂÃ][{_FOLLOWING}]|â[{_FOLLOWING}]{{2}}")
_RIGHT = re.compile("[äöüßÄÖÜéèàç]")


def once(text: str) -> str:
    """The text with its letters encoded once; as it is if most of them are right: it may be about such letters."""
    if not (found := _TWICE.findall(text)):
        return text
    right = len(_RIGHT.findall(_TWICE.sub("", text)))
    return _TWICE.sub(_mended, text) if len(found) > right else text


def _mended(match: re.Match[str]) -> str:
    try:
        data = b"".join(char.encode("cp1252", "ignore") or char.encode("latin-1") for char in match[0])
        return data.decode()
    except (UnicodeEncodeError, UnicodeDecodeError):
        return match[0]
