"""What holds for every text, also for one that is no German news."""

import random
import subprocess
import sys
import time
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.recognition import MODEL, Span, inference, recognise, recognise_all
from tests.recognition.marked import sentences

NEWS = [sentence.text for sentence in sentences("sentences.txt")]
LONG = " ".join(NEWS)
SECONDS = 12  # of the processor, for a megabyte; it takes one or two
HOSTILE = {
    "nothing": "",
    "white space": " \t\n\r\n\u00a0 \n",
    "control characters": "\x00\x01\x02Berlin\x07\x1b[0m\x7f\ufeff\u200b\ud800",
    "English": "The quick brown fox jumps over the lazy dog near the river bank.",
    "Russian": "Владимир Путин прибыл в Москву, сообщает ТАСС.",
    "Chinese": "北京市政府今天宣布了新的规定。",
    "Arabic": "وصل الرئيس إلى القاهرة يوم الاثنين.",
    "capitals": LONG.upper(),
    "small letters": LONG.lower(),
    "OCR noise": "Dcr Kaiſer hat geſtcrn i» W1en d!e M¡n¡ster cmpf«ngen, §o mcldet die N. Fr. Pr»ffe^ — | ~",
    "emojis": "👩‍👩‍👧 Angela Merkel 🇩🇪 in Berlin 🎉🎉",
    "combining marks": "Mu\u0308nchen und Ko\u0308ln, " + "a" + "\u0301" * 500,
    "HTML": "<p class='x'>Angela&nbsp;Merkel</p><br/>&#8222;Berlin&#8220;",
}
LARGE = {
    "one paragraph": LONG * (1_000_000 // len(LONG)),
    "no ends of sentences": "Angela Merkel und die Stadt Berlin " * 28_000,
    "one word": "Donau" * 200_000,
    "full stops": "." * 1_000_000,
    "quotes": '„"' * 100_000,
    "initials": "A.-" * 330_000,
    "digits": "1." * 500_000,
    "hyphens": "a-" * 500_000,
    "lines": "\n" * 1_000_000,
}


def hold(text: str, spans: tuple[Span, ...]) -> None:
    """Checks what holds for the spans of every text."""
    end = 0
    for span in spans:
        assert end <= span.start < span.end <= len(text)
        assert text[span.start : span.end].strip() == text[span.start : span.end]
        assert span.type in ("person", "place", "organisation")
        end = span.end


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text(text: str) -> None:
    """Text of any kind has spans that are in order, inside it and not blank."""
    hold(text, recognise(text))


@pytest.mark.parametrize("text", LARGE.values(), ids=LARGE)
def test_large_text(text: str) -> None:
    """A megabyte that goes on and on is read in seconds, as its length alone would take."""
    started = time.process_time()
    hold(text, recognise(text))
    assert time.process_time() - started < SECONDS


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(NEWS), st.text(max_size=60)), max_size=5).map(" ".join))
def test_any_text(text: str) -> None:
    """Whatever the text, its spans are in order, inside it and not blank."""
    hold(text, recognise(text))


@settings(max_examples=30, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(NEWS), st.text(max_size=40)), max_size=8))
def test_texts_together(texts: list[str]) -> None:
    """Texts read together have the names that each has alone."""
    assert recognise_all(texts) == [recognise(text) for text in texts]


def test_many_texts_together() -> None:
    """The order of texts and their number change no name."""
    shuffled = random.Random(1).sample(NEWS * 5, 5 * len(NEWS))
    assert recognise_all(shuffled) == [recognise(text) for text in shuffled]


def test_the_same_names_in_another_process() -> None:
    """Another process, with other hashes of strings, finds the same names."""
    program = "import sys; from indexer.recognition import recognise; print(repr(recognise(sys.argv[1])))"
    command = [sys.executable, "-c", program, LONG]
    answers = {
        subprocess.run(command, env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True).stdout
        for seed in ("1", "2")
    }
    assert answers == {f"{recognise(LONG)!r}\n"}


def test_nothing_heavy_is_imported() -> None:
    """Importing the package loads neither NumPy nor the model."""
    program = "import sys, indexer.recognition; print('numpy' in sys.modules)"
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert answer.stdout == "False\n"


def test_the_model_is_small() -> None:
    """No file of the model has more than 15 MB, and it has a name."""
    sizes = [len(file.read_bytes()) for file in files("indexer.recognition").joinpath("data").iterdir()]
    assert sum(sizes) < 15_000_000
    assert MODEL


def test_a_text_as_long_as_a_book_is_read_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its names stand where they stand, whether pieces end between lines, between words, or anywhere."""
    monkeypatch.setattr(inference, "_TOGETHER", 200)
    line = "Angela Merkel sprach gestern mit Emmanuel Macron in Berlin."
    for long in ("\n".join([line] * 30), " ".join([line] * 30), f"{line} {'a' * 500} {line}"):
        found = [(long[span.start : span.end], span.type) for span in recognise(long)]
        assert set(found) >= {("Angela Merkel", "person"), ("Berlin", "place")}
        assert len(found) >= 2 * long.count(line)
    short = "Angela Merkel in Berlin."
    assert recognise_all([short, long, short])[2] == recognise(short)
