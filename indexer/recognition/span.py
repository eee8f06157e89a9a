"""Where in a text does a name stand, and what does it name?"""

from typing import NamedTuple


class Span(NamedTuple):
    """Where a name is, in characters of the text as given, and what it names: person, place or organisation."""

    start: int
    end: int
    type: str
