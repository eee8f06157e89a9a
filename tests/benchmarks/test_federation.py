"""What `bench.federation` measures is bounded, and still has what the questions ask for."""

from __future__ import annotations

from bench.federation import drawn
from search import Article
from search.quality import Question


def test_a_draw_has_the_articles_that_its_questions_ask_for() -> None:
    """Each question that is drawn has its article, others fill up to the number, and each draw is the same."""
    archives = {name: [Article(f"{name}{number}", "Text.") for number in range(50)] for name in ("a", "b")}
    questions = [Question(f"Frage {number}", frozenset({f"a{number}"})) for number in range(50)]
    parts, asked = drawn(archives, questions, 20, 10)
    ids = {one.id for several in parts.values() for one in several}
    assert (len(asked), len(ids)) == (10, 20)
    assert all(one.relevant <= ids for one in asked)
    assert drawn(archives, questions, 20, 10) == (parts, asked)
    assert len(drawn(archives, questions, 1000, 1000)[1]) == 50
