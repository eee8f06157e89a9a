"""How much may marking cost? A bound on the work for all hits of one answer; what lies beyond is shown unmarked."""

from __future__ import annotations

from dataclasses import dataclass

# Units of about a microsecond. An answer with a word or two has them for some 600 hits, one with 200 words for 25.
MOST_EFFORT = 400_000
CHARACTERS = 200  # that one expression searches for a unit
READING = 10  # expressions that cost as much as reading a text and choosing what is shown of it
WORD = 10  # units for a word that is analysed


@dataclass(slots=True)
class Effort:
    """The work that may still be done for an answer."""

    left: int = MOST_EFFORT

    def spend(self, units: int) -> None:
        """Note work that is done, or about to be."""
        self.left -= units

    def readable(self, text: str, expressions: int) -> str:
        """As much of a text as so many expressions may search, up to the end of a word, which is noted as work.

        Half of what is left stays for the words that they find.
        """
        most = max(0, self.left) * CHARACTERS // (2 * (expressions + READING))
        if len(text) > most:
            text = text[: text.rfind(" ", 0, most) + 1]
        self.spend(len(text) * (expressions + READING) // CHARACTERS)
        return text

    def words(self) -> int:
        """How many words may still be analysed."""
        return max(0, self.left) // WORD
