"""Which values of a facet are in sight."""

from __future__ import annotations

import pytest
from flask import Flask

from search import Page, Request
from search.page import FacetValue, QueryInfo
from web.pages.facets import facets
from web.parameters import ReaderRequest


@pytest.mark.parametrize(
    ("values", "chosen", "shown", "collapsed"),
    [(6, 0, 6, 0), (7, 0, 7, 0), (8, 0, 6, 2), (20, 0, 6, 14), (20, 18, 7, 13), (8, 7, 8, 0)],
)
def test_values_beyond_six_are_folded(app: Flask, values: int, chosen: int, shown: int, collapsed: int) -> None:
    """The first six and those chosen are in sight, the others folded, but for a single one; twenty lead to all."""
    counted = {"person": tuple(FacetValue(f"Person {number}", 1) for number in range(1, values + 1))}
    asked = ReaderRequest(Request(), (("person", f"Person {chosen}"),))
    with app.test_request_context():
        (facet,) = facets(asked, Page(QueryInfo("", ""), 20, 0.0, (), counted))
    assert (len(facet.shown), len(facet.collapsed)) == (shown, collapsed)
    assert (facet.name, facet.all_address is not None) == ("person", values == 20)
    assert all(choice.chosen == (choice.value == f"Person {chosen}") for choice in (*facet.shown, *facet.collapsed))
