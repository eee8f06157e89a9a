"""How good are the answers? Judged questions in, measures of the field and misses out."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from search.archive import Archive
from search.errors import EvaluationUnavailable, QuestionsUnreadable
from search.page import Request
from search.schema import WEIGHTS, Weights

# The measures, by the names under which the field knows them; ir-measures computes them.
MEASURES = {"MRR@10": "RR@10", "accuracy@1": "Success@1", "recall@10": "R@10", "nDCG@10": "nDCG@10"}
DEPTH = 100  # ranks that are looked at to tell where a missed article stands

# What each kind of match is worth: the same questions without it.
ABLATIONS: Mapping[str, Weights] = {
    "without exact words": replace(WEIGHTS, exact=0.0, lone_exact=0.0),
    "without parts of compounds": replace(WEIGHTS, part=0.0, compound=0.0, compound_part=0.0),
    "without headlines": replace(WEIGHTS, title=0.0),
    "without names": replace(WEIGHTS, entities=0.0),
    "without leads": replace(WEIGHTS, lead=0.0),
    "without idf terms": replace(WEIGHTS, idf_term=0.0),
    "without proximity": replace(WEIGHTS, near=0.0, wide=0.0, sequence=0.0),
    "without the bonus for all words": replace(WEIGHTS, all_words=0.0),
    "without capitals": replace(WEIGHTS, capital=1.0),
}


@dataclass(frozen=True, slots=True)
class Question:
    """A query and the ids of all articles that answer it."""

    text: str
    relevant: frozenset[str]


@dataclass(frozen=True, slots=True)
class Miss:
    """A question whose first hit is not one judged right: the best rank of one that is, None beyond DEPTH."""

    question: Question
    rank: int | None
    first: str | None


@dataclass(frozen=True, slots=True)
class Quality:
    """The mean of each of MEASURES over all questions, the misses in the order of the questions, and their number."""

    measures: Mapping[str, float]
    misses: tuple[Miss, ...]
    questions: int

    def as_json(self) -> dict[str, Any]:
        """The quality as `--json` prints it."""
        misses = [{"text": miss.question.text, "rank": miss.rank, "first": miss.first} for miss in self.misses]
        return {"measures": {name: round(value, 4) for name, value in self.measures.items()}, "misses": misses}


def read_questions(path: Path) -> list[Question]:
    """The questions of a file: TOML with tables `[[question]]`, or JSON lines; each has `text` and `relevant`.

    Raises QuestionsUnreadable with the place of what is wrong.
    """
    try:
        rows = list(_rows(path))
        questions = [Question(str(row["text"]), frozenset(map(str, row["relevant"]))) for row in rows]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise QuestionsUnreadable(
            f"{path}: {error!r}. Needed are TOML with tables [[question]], or JSON lines, each with text and relevant."
        ) from error
    if not questions:
        raise QuestionsUnreadable(f"{path} has no questions.")
    return questions


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".toml":
        yield from tomllib.loads(text)["question"]
    else:
        yield from (json.loads(line) for line in text.splitlines() if line.strip())


def evaluate(
    archive: Archive, questions: Sequence[Question], weights: Weights = WEIGHTS, corrected: bool = False
) -> Quality:
    """How well `archive` answers the questions with these weights; `corrected` asks what may have been meant instead.

    Raises EvaluationUnavailable without ir-measures.
    """
    texts = [_correction(archive, question.text) if corrected else question.text for question in questions]
    ranked = [archive.ranking(Request(text=text, size=DEPTH), weights) for text in texts]
    misses = [
        Miss(question, _rank(question, ids), ids[0] if ids else None)
        for question, ids in zip(questions, ranked, strict=True)
        if _rank(question, ids) != 1
    ]
    return Quality(_measured(questions, ranked), tuple(misses), len(questions))


def _correction(archive: Archive, text: str) -> str:
    """The first correction that is offered for a query, or the query itself."""
    corrections = archive.search(Request(text=text, size=1)).query.corrections
    return corrections[0].text if corrections else text


def _rank(question: Question, ids: Sequence[str]) -> int | None:
    return next((rank for rank, id in enumerate(ids, start=1) if id in question.relevant), None)


def _measured(questions: Sequence[Question], ranked: Sequence[Sequence[str]]) -> dict[str, float]:
    try:
        import ir_measures  # not needed for anything else, and large
    except ImportError as error:
        raise EvaluationUnavailable from error
    judged = {str(number): dict.fromkeys(question.relevant, 1) for number, question in enumerate(questions)}
    run = {str(number): {id: float(DEPTH - place) for place, id in enumerate(ids)} for number, ids in enumerate(ranked)}
    measures = {name: ir_measures.parse_measure(known) for name, known in MEASURES.items()}
    means = ir_measures.calc_aggregate(measures.values(), judged, run)
    return {name: float(means[measure]) for name, measure in measures.items()}
