"""What is kept of an article, and how much a match in it weighs: one table."""

from __future__ import annotations

from dataclasses import dataclass, replace

from search.page import Matching

# Bump when the fields of an index change: indexes built before must be rebuilt.
VERSION = 9

# Stands between two names of one field, so that no phrase reaches from one name into the next.
GAP = "¶"


@dataclass(frozen=True, slots=True)
class TextField:
    """A field of running text or of names, with its layers."""

    name: str
    layers: tuple[str, ...]
    help: str

    @property
    def names(self) -> bool:
        """Whether the field holds names, which are never stemmed or split."""
        return self.layers == NAMES


TEXT = ("exact", "form", "part")
NAMES = ("exact", "form")

FIELDS = {
    field.name: field
    for field in (
        TextField("title", TEXT, "the headline"),
        TextField("entities", NAMES, "names of persons, places and organisations"),
        TextField("lead", ("form",), "the beginning of the text once more: news say first what matters most"),
        TextField("body", TEXT, "the text of the article"),
        TextField("person", NAMES, "names of persons"),
        TextField("place", NAMES, "names of places"),
        TextField("organisation", NAMES, "names of organisations"),
        TextField("source", NAMES, "who published the article"),
        TextField("section", NAMES, "the section it was published in"),
        TextField("author", NAMES, "names of those who wrote it"),
    )
}

LEAD_WORDS = 100


@dataclass(frozen=True, slots=True)
class Weights:
    """By how much the score of each kind of match counts; 0 leaves it out of the question.

    Chosen with `nachlese evaluate --compare` on several sets at once. Fields: a query that names
    none looks into the first five. Layers: a word as typed scores in its exact and its form column,
    another form only in the latter, what merely contains it in the part column.
    """

    title: float = 2.0
    # Names of an article stand in its text already.
    entities: float = 0.3
    lead: float = 0.7
    body: float = 1.0
    # Just enough to be found: who asks for a name rather means what is written about it.
    author: float = 0.1

    exact: float = 0.4
    form: float = 1.0
    part: float = 0.2

    # If only one word is asked: then its spelling is all that the reader told us (Kohl is not
    # Köhler), while several words explain each other; and if it is a name, what is so named is meant.
    lone_exact: float = 2.0
    lone_entities: float = 1.8
    # Of a word's idf, whatever the length of the text and the number of times: an article that has
    # more of the words is better than one that has few of them often.
    idf_term: float = 1.2
    # Of words typed with a capital: nouns and names say more than the words around them.
    capital: float = 1.3
    # Of two words of the query that stand near each other in the text, in the same clause or the same sentence, and of
    # neighbours that are neighbours there.
    near: float = 0.3
    wide: float = 0.3
    sequence: float = 0.2
    # Of the idf of each of two or three words once more, in each place that has it, if an article has all of them.
    all_words: float = 1.0
    # Of the parts of a compound near each other, instead of the compound; and of each part by
    # itself, where other words were asked with it.
    compound: float = 1.0
    compound_part: float = 1.0

    def matching(self, matching: Matching) -> Weights:
        """The weights that leave out what is not asked: parts of compounds, or all but the words as typed."""
        if matching == "all":
            return self
        words = replace(self, part=0.0, compound=0.0)
        if matching == "forms":
            return words
        return replace(words, form=0.0, lead=0.0, idf_term=0.0)

    def field(self, name: str) -> float:
        """The weight of a field of a query that names no field."""
        return float(getattr(self, name, 0.0))

    def layer(self, name: str) -> float:
        """The weight of a layer."""
        return float(getattr(self, name))


WEIGHTS = Weights()

# Of the names of an article, what is known of them before the whole archive is asked; search/store/evidence.py has
# what stands in them.
EVIDENCE = ("found", "declared", "renamed", "explained")
# Whole values that can be filtered by and counted.
KEYWORDS = (
    "person", "place", "organisation", "source", "section", "author", "year", "month", "day", "document", *EVIDENCE,
)  # fmt: skip


def column(field: str, layer: str) -> str:
    """The name under which an engine keeps one layer of a text field: body_exact."""
    return f"{field}_{layer}"


COLUMNS = tuple(column(field.name, layer) for field in FIELDS.values() for layer in field.layers)


def has_positions(name: str) -> bool:
    """Whether a column keeps the positions of its terms; parts stand nowhere, and the body has those of the lead."""
    return not name.endswith("_part") and not name.startswith("lead_")
