"""Parameters that cannot be used: 400, with the name and the remedy."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.api.contract import kept_problem
from web.hit_fields import HIT_FIELDS

# path, the parameter at fault, a word of the remedy
UNUSABLE = (
    ("/api/search?size=0", "size", "from 1 to 100"),
    ("/api/search?size=101", "size", "from 1 to 100"),
    ("/api/search?size=-1", "size", "from 1 to 100"),
    ("/api/search?size=ten", "size", "from 1 to 100"),
    ("/api/search?size=1.5", "size", "from 1 to 100"),
    ("/api/search?size=1_0", "size", "from 1 to 100"),
    ("/api/search?size=%D9%A1%D9%A2", "size", "from 1 to 100"),
    ("/api/search?size=" + "9" * 5000, "size", "from 1 to 100"),
    ("/api/search?size=1&size=2", "size", "once"),
    ("/api/search?sort=best", "sort", "relevance, recent, newest, oldest"),
    ("/api/search?match=some", "match", "exact, forms, all"),
    ("/api/search?relax=no", "relax", "0 or 1"),
    ("/api/search?from=gestern", "from", "2025-08-13"),
    ("/api/search?to=30.2.2025", "to", "2025-08-13"),
    ("/api/search?to=%00", "to", "2025-08-13"),
    ("/api/search?from=2025&to=2024", "to", "exchange"),
    ("/api/search?cursor=made-up", "cursor", ""),
    ("/api/search?cursor=%00%FF", "cursor", ""),
    ("/api/search?q=a&q=b", "q", "once"),
    ("/api/search?q=" + "x" * 1001, "q", "1000"),
    ("/api/search?persn=Kohl", "persn", "person"),
    ("/api/search?" + "&".join(f"place={n}" for n in range(51)), "place", "50"),
    ("/api/search?" + "&".join(["place=Berlin"] * 51), "place", "50"),
    ("/api/search?field=text", "field", "title_marks"),
    ("/api/search?" + "&".join(["field=id"] * (len(HIT_FIELDS) + 1)), "field", "once"),
    ("/api/search?facet=decade", "facet", "person, place"),
    ("/api/search?facet_size=0", "facet_size", "from 1 to 10000"),
    ("/api/suggest?limit=21", "limit", "from 1 to 20"),
    ("/api/suggest?prefix=x", "prefix", "q, limit"),
    ("/api/suggest?q=" + "x" * 1001, "q", "1000"),
    ("/api/entities?type=animal", "type", "person, place, organisation"),
    ("/api/entities?type=person&type=place", "type", "once"),
    ("/api/entities?limit=0", "limit", "from 1 to 1000"),
    ("/api/entities?limit=1001", "limit", "from 1 to 1000"),
    ("/api/entities?prefix=" + "x" * 1001, "prefix", "1000"),
    ("/api/entities?q=x", "q", "prefix, type, limit"),
    ("/api/articles/wn-123?query=x", "query", "q"),
    ("/api/articles/wn-123?q=" + "x" * 1001, "q", "1000"),
    ("/api/articles", "id", "Give its id"),
    ("/api/articles?id=a&id=b", "id", "once"),
    ("/api/batch", "id", "Give their ids"),
    ("/api/batch?id=%20", "id", "Give their ids"),
    ("/api/batch?" + "&".join(["id=a"] * 1001), "id", "at most 1000"),
    ("/api/batch?q=x", "q", "id"),
    ("/auswahl.csv?id=a&size=1", "size", "known are id"),
    ("/suche.ris?field=text", "field", "title_marks"),
)


@pytest.mark.parametrize(("path", "parameter", "remedy"), UNUSABLE, ids=[case[0][:50] for case in UNUSABLE])
def test_unusable_parameters_are_named_with_their_remedy(
    client: FlaskClient, path: str, parameter: str, remedy: str
) -> None:
    """A parameter that cannot be used is a 400 that names it and says what can."""
    problem = kept_problem(client.get(path), 400)
    assert problem["parameter"] == parameter
    assert remedy in problem["detail"]
    assert len(problem["detail"]) < 300


@pytest.mark.parametrize(
    "query", ["q=" + "x" * 1000, "q=%20&person=&size=&sort=&from=&to=&cursor=", "size=100", "size=1"]
)
def test_limits_themselves_are_allowed(client: FlaskClient, query: str) -> None:
    """The longest query, the largest and smallest page and empty values are all fine."""
    assert client.get(f"/api/search?{query}").status_code == 200
