"""What to ask instead of a compound that no article has? Two parts of it near each other, if it is a long one."""

from __future__ import annotations

from search.german.compounds import divisions, split
from search.german.tokens import normalise
from search.query import nodes

# Of two parts, a compound is mostly a word with a sense of its own: Vaterland is no "Vater auf dem Land".
LEAST_PARTS = 3
# Words between the two: about a clause.
PARTS_NEAR = 5


def parts_near(text: str) -> nodes.Query | None:
    """Any two halves of the compound `text` near each other, in any order and form; None if it has few parts.

    Bundesnotbremse is Bund near Notbremse, or Bundesnot near Bremse.
    """
    word = normalise(text)
    if len(split(word)) < LEAST_PARTS:
        return None
    halves = [f"{first.word.capitalize()} {rest.capitalize()}" for first, rest in divisions(word)]
    return nodes.join(nodes.Or, [nodes.Near(half, PARTS_NEAR) for half in halves]) if halves else None
