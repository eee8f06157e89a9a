"""What the recogniser finds in German news."""

from pathlib import Path

import pytest

from indexer.recognition import recognise, recognise_all
from tests.recognition.marked import Marked, sentences

SEED = Path(__file__).resolve().parents[3] / "shared/data/seeds/000_c43c8cff4d4a9799.txt"
IN_THE_SEED = {
    "person": "Kim Jong Un,Wladimir Putin,Donald Trump",
    "place": "Nordkorea,Russland,Ukraine,Alaska,Kursk,Pjöngjang,Moskau,Washington",
    "organisation": "KCNA,Korean Central News Agency,TASS,Kreml",
}
LOWEST = 0.9  # the F1 that the sentences of the gate must reach; the model that ships has more


@pytest.mark.parametrize("case", sentences("cases.txt"), ids=lambda case: case.text[:30])
def test_the_names_of_a_case(case: Marked) -> None:
    """Each case has exactly its names."""
    assert recognise(case.text) == case.names


def test_the_gate() -> None:
    """Over all sentences of the gate, names are found and only names are found."""
    gate = sentences("sentences.txt")
    found = recognise_all([sentence.text for sentence in gate])
    right = sum(len(set(each) & set(sentence.names)) for each, sentence in zip(found, gate, strict=True))
    total = sum(map(len, found)) + sum(len(sentence.names) for sentence in gate)
    assert 2 * right / total >= LOWEST


@pytest.mark.skipif(not SEED.exists(), reason="the user's document is not here")
@pytest.mark.parametrize("type", IN_THE_SEED)
def test_the_names_of_the_seed(type: str) -> None:
    """The user's document has its main persons, places and organisations."""
    text = SEED.read_text(encoding="utf-8")
    found = {text[span.start : span.end] for span in recognise(text) if span.type == type}
    assert set(IN_THE_SEED[type].split(",")) <= found
