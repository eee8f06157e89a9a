"""How are hundreds of thousands of short texts held? Behind each other: as objects each would take fifty bytes more."""

from __future__ import annotations

from array import array


class PackedTexts:
    """Texts by their places, each in its bytes and eight more."""

    def __init__(self) -> None:
        self._bytes = bytearray()
        self._ends = array("Q")

    def append(self, text: str) -> None:
        """Add one more, at the end."""
        self._bytes += text.encode(errors="surrogatepass")
        self._ends.append(len(self._bytes))

    def __len__(self) -> int:
        return len(self._ends)

    def __getitem__(self, place: int) -> str:
        first = self._ends[place - 1] if place else 0
        return self._bytes[first : self._ends[place]].decode(errors="surrogatepass")
