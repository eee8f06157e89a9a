"""Rankings are measured, and may not become worse."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path

import pytest

from bench.retrieval import articles, build, news
from search import Archive, Article, open_archive, write_archive
from search.errors import QuestionsUnreadable
from search.german.layers import layers
from search.known_items import questions_of
from search.quality import ABLATIONS, MEASURES, Question, evaluate, read_questions
from search.schema import WEIGHTS

ROOT = Path(__file__).parents[2]
DATA = ROOT.parent / "shared" / "data"
# Reached with the weights of search.schema; a little below, as lengths are rounded differently from
# one version of an engine to the next.
SEED_GATE = {"MRR@10": 0.99, "accuracy@1": 0.98, "recall@10": 0.98, "nDCG@10": 0.98}
# So many questions, and so many articles besides the right ones: all of them would take minutes.
ASKED, OTHERS = 100, 400
ASKED_OF_SETS, OTHERS_OF_SETS = 150, 1500
SMALL_GATES = {"news": 0.825, "two nouns": 0.98, "three nouns": 0.975}  # MRR@10
GATES = {"headlines": {"MRR@10": 0.93, "accuracy@1": 0.89}, "questions": {"MRR@10": 0.93, "accuracy@1": 0.89}}


def below(measured: dict[str, float], gate: dict[str, float]) -> dict[str, float]:
    """The measures that do not reach their gate."""
    return {name: value for name, value in measured.items() if name in gate and value < gate[name]}


def ranked(found: Sequence[Article], sets: Mapping[str, Sequence[Question]], directory: Path) -> dict[str, float]:
    """The MRR@10 of each set of questions on an index of these articles, without recognised names."""
    build(directory, "tantivy", found, aliases=None, jobs=1)
    with open_archive(directory) as archive:
        return {name: evaluate(archive, asked).measures["MRR@10"] for name, asked in sets.items()}


def _part_of(found: Iterable[Article], asked: Sequence[Question], others: int) -> list[Article]:
    """The articles that are right, and so many of the others."""
    wanted = frozenset().union(*(question.relevant for question in asked))
    found = list(found)
    rest = [article for article in found if article.id not in wanted]
    return [article for article in found if article.id in wanted] + rest[:others]


@pytest.fixture(scope="module", params=["whoosh", "tantivy"])
def seeds(request: pytest.FixtureRequest, seeds_index: Callable[[str], Path]) -> Iterator[Archive]:
    with open_archive(seeds_index(request.param)) as archive:
        yield archive


def test_seeds_are_ranked_as_well_as_ever(seeds: Archive) -> None:
    """The measures of the seed questions reach what they have reached before."""
    quality = evaluate(seeds, read_questions(ROOT / "seeds" / "questions.toml"))
    assert below(dict(quality.measures), SEED_GATE) == {}


def test_parts_of_compounds_earn_their_place(seeds: Archive) -> None:
    """Without parts of compounds, seed questions are answered worse."""
    questions = read_questions(ROOT / "seeds" / "questions.toml")
    without = evaluate(seeds, questions, ABLATIONS["without parts of compounds"])
    assert without.measures["MRR@10"] < evaluate(seeds, questions).measures["MRR@10"] - 0.05


if DATA.exists():

    @pytest.mark.parametrize("name", GATES)
    def test_shared_sets_are_ranked_as_well_as_ever(name: str, tmp_path: Path) -> None:
        """On a part of the sets beside the checkout the measures reach what they have reached before."""
        # Recognising names would take ten times as long, and all articles; `python -m bench.retrieval` does both.
        asked = read_questions(DATA / f"retrieval/{name}/queries.jsonl")[:ASKED_OF_SETS]
        chosen = _part_of(articles(DATA, name), asked, OTHERS_OF_SETS)
        build(tmp_path, "tantivy", chosen, aliases=None, jobs=1)
        with open_archive(tmp_path) as archive:
            quality = evaluate(archive, asked)
        assert below(dict(quality.measures), GATES[name]) == {}

    def test_some_news_are_ranked_as_well_as_ever(tmp_path: Path) -> None:
        """Among some articles of a year, headlines find theirs without its title as they have before."""
        asked = read_questions(DATA / "retrieval/news/queries.jsonl")[:ASKED]
        chosen = _part_of(articles(DATA, "news"), asked, OTHERS)
        assert below(ranked(chosen, {"news": asked}, tmp_path), SMALL_GATES) == {}

    def test_nouns_of_titles_are_ranked_as_well_as_ever(tmp_path: Path) -> None:
        """Among some articles of a year, two and three rare nouns of a title find it as they have before."""
        found = list(islice(news(DATA), ASKED + OTHERS))
        words = Counter(word for row in found for word in {*layers(f"{row.title}\n\n{row.body}").exact.split()})
        asked = questions_of(found[:ASKED], words.__getitem__)
        assert below(ranked(found, asked, tmp_path), SMALL_GATES) == {}

else:

    def test_the_shared_sets_are_not_here() -> None:
        """Without the sets beside the checkout there is nothing to measure on but the seeds."""
        assert not DATA.exists()


def test_measures_are_those_of_the_field(tmp_path: Path) -> None:
    """One question answered first, one second, one not at all give the means that can be worked out by hand."""
    with write_archive(tmp_path, "memory") as writer:
        writer.put(Article("a", "Hafen Hafen"))
        writer.put(Article("b", "Ein Hafen und noch vieles andere"))
    questions = [Question("Hafen", frozenset(ids)) for ids in ({"a"}, {"b"}, {"c"})]
    with open_archive(tmp_path) as archive:
        quality = evaluate(archive, questions)
    assert quality.measures["MRR@10"] == pytest.approx(0.5)
    assert quality.measures["accuracy@1"] == pytest.approx(1 / 3)
    assert quality.measures["recall@10"] == pytest.approx(2 / 3)
    assert [(miss.rank, miss.first) for miss in quality.misses] == [(2, "a"), (None, "a")]


def test_each_ablation_leaves_something_out() -> None:
    """Every variant differs from the weights in use."""
    assert all(weights != WEIGHTS for weights in ABLATIONS.values())
    assert len(set(ABLATIONS.values())) == len(ABLATIONS)
    assert list(MEASURES) == ["MRR@10", "accuracy@1", "recall@10", "nDCG@10"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.jsonl", "{"), ("a.jsonl", '{"text": "x"}'), ("a.jsonl", "[]"), ("a.jsonl", ""),
        ("a.toml", "question = 1"), ("a.toml", "x = ["), ("a.toml", ""), ("missing.toml", None),
    ],
)  # fmt: skip
def test_unusable_questions_are_named(tmp_path: Path, name: str, text: str | None) -> None:
    """A file that has no judged questions is named, with what is needed."""
    if text is not None:
        (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(QuestionsUnreadable, match=name):
        read_questions(tmp_path / name)
