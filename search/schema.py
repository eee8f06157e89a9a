"""What is kept of an article, and how much a match in it weighs: one table."""

from __future__ import annotations

from dataclasses import dataclass

# Bump when the fields of an index change: indexes built before must be rebuilt.
VERSION = 1

# Stands between two names of one field, so that no phrase reaches from one name into the next.
GAP = "¶"


@dataclass(frozen=True, slots=True)
class TextField:
    """A field of running text or of names, with its layers.

    `weight` multiplies the score of a match; 0 means that only a query naming the field looks here.
    """

    name: str
    german: str
    layers: tuple[str, ...]
    weight: float
    help: str

    @property
    def names(self) -> bool:
        """Whether the field holds names, which are never stemmed or split."""
        return "part" not in self.layers


TEXT = ("exact", "form", "part")
NAMES = ("exact", "form")

FIELDS = {
    field.name: field
    for field in (
        TextField("title", "titel", TEXT, 2.0, "the headline"),
        TextField("entities", "name", NAMES, 1.5, "names of persons, places and organisations"),
        TextField("body", "text", TEXT, 1.0, "the text of the article"),
        TextField("person", "person", NAMES, 0.0, "names of persons"),
        TextField("place", "ort", NAMES, 0.0, "names of places"),
        TextField("organisation", "organisation", NAMES, 0.0, "names of organisations"),
        TextField("source", "quelle", NAMES, 0.0, "who published the article"),
        TextField("section", "ressort", NAMES, 0.0, "the section it was published in"),
    )
}

# The word as typed outweighs its other forms, and these what merely contains it.
LAYER_WEIGHTS = {"exact": 1.0, "form": 1.0, "part": 0.5}

# Whole values that can be filtered by and counted.
KEYWORDS = ("person", "place", "organisation", "source", "section", "year", "document")


def column(field: str, layer: str) -> str:
    """The name under which an engine keeps one layer of a text field: body_exact."""
    return f"{field}_{layer}"


COLUMNS = tuple(column(field.name, layer) for field in FIELDS.values() for layer in field.layers)


def has_positions(name: str) -> bool:
    """Whether a column keeps the positions of its terms; parts stand nowhere in particular."""
    return not name.endswith("_part")
