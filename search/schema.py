"""What is kept of an article, and how much a match in it weighs: one table."""

from __future__ import annotations

from dataclasses import dataclass

# Bump when the fields of an index change: indexes built before must be rebuilt.
VERSION = 2

# Stands between two names of one field, so that no phrase reaches from one name into the next.
GAP = "¶"


@dataclass(frozen=True, slots=True)
class TextField:
    """A field of running text or of names, with its layers.

    `weight` multiplies the score of a match; 0 means that only a query naming the field looks here.
    """

    name: str
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
        TextField("title", TEXT, 2.0, "the headline"),
        TextField("entities", NAMES, 1.5, "names of persons, places and organisations"),
        TextField("body", TEXT, 1.0, "the text of the article"),
        TextField("person", NAMES, 0.0, "names of persons"),
        TextField("place", NAMES, 0.0, "names of places"),
        TextField("organisation", NAMES, 0.0, "names of organisations"),
        TextField("source", NAMES, 0.0, "who published the article"),
        TextField("section", NAMES, 0.0, "the section it was published in"),
    )
}

# A word as typed scores in its exact and its form column, another form only in the latter, what
# merely contains it in the part column.
LAYER_WEIGHTS = {"exact": 0.5, "form": 1.0, "part": 0.5}

# Whole values that can be filtered by and counted.
KEYWORDS = ("person", "place", "organisation", "source", "section", "year", "month", "day", "document")


def column(field: str, layer: str) -> str:
    """The name under which an engine keeps one layer of a text field: body_exact."""
    return f"{field}_{layer}"


COLUMNS = tuple(column(field.name, layer) for field in FIELDS.values() for layer in field.layers)


def has_positions(name: str) -> bool:
    """Whether a column keeps the positions of its terms; parts stand nowhere in particular."""
    return not name.endswith("_part")
