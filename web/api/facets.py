"""Which values are counted beside the hits of an answer? Those of all facets, or of those that are asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from search.page import ARCHIVE, DATE_UNITS, FACET_VALUES, FACETS
from web.parameters import Parameters, integer_parameter, values_of
from web.shared_archive import archive_names

FACET, FACET_SIZE = "facet", "facet_size"
FACET_PARAMETERS = (FACET, FACET_SIZE)
COUNTED = tuple(dict.fromkeys((*FACETS, *DATE_UNITS)))
MOST_VALUES = 10_000  # of a facet; as many days are 27 years
NONE = "none"
_USUAL = (*FACETS, ARCHIVE)


def countable(archives: Sequence[str]) -> tuple[str, ...]:
    """What can be counted; if there are several archives, also their articles."""
    return (*COUNTED, ARCHIVE) if archives else COUNTED


def chosen_facets(parameters: Parameters) -> Mapping[str, int]:
    """The most values to count of each facet that is asked for; as a page has them if nothing is asked."""
    names = countable(archive_names())
    asked = values_of(parameters, FACET, (*names, NONE))
    size = integer_parameter(parameters, FACET_SIZE, default=0, most=MOST_VALUES)
    chosen = [name for name in names if name in asked] if asked else [name for name in names if name in _USUAL]
    return {name: size or FACET_VALUES.get(name, MOST_VALUES) for name in chosen}
