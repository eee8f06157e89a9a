"""The parts of the recogniser, each by itself."""

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.recognition.consistency import agreed, consistent, extended_past_particles
from indexer.recognition.inference import with_one_label_for_no_name
from indexer.recognition.labels import (
    FIRST_OF_NAMES,
    IMPOSSIBLE,
    LABEL_IDS,
    LABELS,
    MAY_BEGIN,
    MAY_END,
    allowed_transitions,
    labelled_names,
)
from indexer.recognition.tokens import LONGEST_SENTENCE, tokenise
from indexer.recognition.truecasing import is_all_caps, truecased
from indexer.recognition.viterbi import best_paths
from indexer.recognition.word_features import character_ngrams, clipped, word_hash
from indexer.recognition.word_lists import BITS, LISTS, WordLists, delta_decoded, delta_encoded

TOKENS = {
    "Der 1. FC Köln siegte am 11. September.": "Der|1.|FC|Köln|siegte|am|11.|September|.",
    "US-Präsident, Nord-/Südkorea, CDU/CSU": "US-Präsident|,|Nord-|/|Südkorea|,|CDU|/|CSU",
    "Dr. J.-P. Sartre, z. B. u. a. bei der Google Inc. in New York": (
        "Dr.|J.-P.|Sartre|,|z.|B.|u.|a.|bei|der|Google|Inc.|in|New|York"
    ),
    "Elisabeth II. sprach auf taz.de": "Elisabeth|II.|sprach|auf|taz.de",
    "#Bahn @polizei „Max’“ Kaiser's 3,5 2009.": "#|Bahn|@|polizei|„|Max|’|“|Kaiser's|3,5|2009|.",
}
SMALL = LABELS[:1] + LABELS[4:8]  # O and the labels of persons: few enough to try all rows


@pytest.mark.parametrize(("text", "expected"), TOKENS.items())
def test_tokens(text: str, expected: str) -> None:
    """Tokens resemble those of GermEval."""
    assert "|".join(tokenise(text).words) == expected


@given(st.text(max_size=300))
def test_tokens_are_the_text(text: str) -> None:
    """Each token stands where it says, and nothing but white space is left out."""
    tokens = tokenise(text)
    places = list(zip(tokens.words, tokens.starts, strict=True))
    assert all(text.startswith(word, start) for word, start in places)
    assert "".join(tokens.words) == "".join(text.split())


@given(st.integers(1, 2000))
def test_no_sentence_is_too_long(words: int) -> None:
    """A text without ends has sentences of a bounded length."""
    tokens = tokenise("Haus " * words)
    lengths = np.diff([*tokens.sentences, len(tokens.words)])
    assert lengths.max() <= LONGEST_SENTENCE
    assert lengths.sum() == words


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(1, 4), min_size=1, max_size=4), st.integers(0, 2**32 - 1))
def test_the_best_sequence_of_labels(lengths: list[int], seed: int) -> None:
    """The search finds the sequence that trying all sequences finds."""
    scores = np.random.default_rng(seed).normal(size=(sum(lengths), len(LABELS))).astype(np.float32)
    scores[:, [at for at, label in enumerate(LABELS) if label not in SMALL]] = IMPOSSIBLE
    starts = np.cumsum([0, *lengths[:-1]])
    transitions = np.where(allowed_transitions(), np.float32(0), IMPOSSIBLE)
    best = best_paths(scores, starts, transitions)
    for start, length in zip(starts, lengths, strict=True):
        assert list(best[start : start + length]) == slowly(scores[start : start + length])


def slowly(scores: np.ndarray) -> list[int]:
    """The best sequence of labels of a sentence, by trying all."""
    numbers, may_follow = [LABEL_IDS[label] for label in SMALL], allowed_transitions()
    rows = (row for row in product(numbers, repeat=len(scores)) if is_possible(row, may_follow))
    return list(max(rows, key=lambda row: sum(scores[at, label] for at, label in enumerate(row))))


def is_possible(row: tuple[int, ...], may_follow: np.ndarray) -> bool:
    follows = all(may_follow[first, second] for first, second in pairwise(row))
    return bool(MAY_BEGIN[row[0]] and MAY_END[row[-1]] and follows)


@given(st.lists(st.floats(-20, 20), min_size=len(LABELS), max_size=len(LABELS)))
def test_what_is_no_name_is_one_label(likely: list[float]) -> None:
    """The labels that are no names are as likely as one as they were together; names stay as likely as they were."""
    before = np.array([likely], np.float32)
    (after,) = with_one_label_for_no_name(before.copy())
    assert np.exp(after[0]) == pytest.approx(np.exp(before[0, :FIRST_OF_NAMES]).sum(), rel=1e-3)
    assert np.array_equal(after[FIRST_OF_NAMES:], before[0, FIRST_OF_NAMES:])
    assert (after[1:FIRST_OF_NAMES] == IMPOSSIBLE).all()


@given(st.dictionaries(st.text(min_size=1, max_size=12), st.integers(1, 2**BITS - 1), min_size=1, max_size=20))
def test_the_lists_of_one_word(lists: dict[str, int]) -> None:
    """A word is on the lists that have it, as one word and among others; another one is on none."""
    keys = sorted({word_hash(word): bits for word, bits in lists.items()}.items())
    hashes, masks = zip(*keys, strict=True)
    known = WordLists(np.array(hashes, np.uint32), np.array(masks, np.uint16))
    for word in lists:
        assert known.kinds(word) == {kind for at, kind in enumerate(LISTS) if dict(keys)[word_hash(word)] >> at & 1}
    assert known.kinds("no word of these") == set()


@given(st.lists(st.integers(0, 2**32 - 1), min_size=1, unique=True))
def test_word_lists_come_back(hashes: list[int]) -> None:
    """Delta-encoded lists have the same masks for the same hashes when they are decoded."""
    ordered = np.array(sorted(hashes), np.uint32)
    lists = WordLists(ordered, np.arange(1, len(hashes) + 1, dtype=np.uint16))
    again = delta_decoded(*delta_encoded(lists))
    kept = again.masks > 0
    assert np.array_equal(again.hashes[kept], ordered)
    assert np.array_equal(again.masks[kept], lists.masks)


@given(st.lists(st.text(min_size=1, max_size=40).map(clipped), min_size=1, max_size=8))
def test_character_ngrams(words: list[str]) -> None:
    """The n-grams of a word are the same whichever words stand beside it."""
    buckets, begins = character_ngrams(words)
    ends = [*begins[1:], len(buckets)]
    for word, begin, end in zip(words, begins, ends, strict=True):
        assert np.array_equal(buckets[begin:end], character_ngrams([word])[0])


def test_names_agree() -> None:
    """A name found once is found again, whole, and by its last word where the network doubted."""
    words = "Kim Jong Un traf Putin . Kim Jong Un schwieg , Un ging".split()
    labels = ["B-PER", "I-PER", "E-PER", "O", "S-PER", "O", "B-PER", "E-PER", "O", "O", "O", "S-ORG", "O"]
    numbers = np.array([LABEL_IDS[label] for label in labels], np.int8)
    assert list(labelled_names(consistent(words, numbers))) == [
        (0, 3, "PER"),
        (4, 5, "PER"),
        (6, 9, "PER"),
        (11, 12, "PER"),
    ]


def test_a_word_has_one_type_in_a_text() -> None:
    """Where a firm is surely one tells what it is where it looks like a person; in another text it may be one."""
    person, firm = LABEL_IDS["S-PER"], LABEL_IDS["S-ORG"]
    scores = np.full((4, len(LABELS)), -9, np.float32)
    scores[[0, 2, 3], person], scores[[0, 2, 3], firm] = -0.5, -1.0
    scores[1, firm] = 0
    assert agreed(scores, np.array([7, 7, 8, -1])).argmax(axis=1).tolist() == [firm, firm, person, person]


@given(st.integers(0, 2**32 - 1), st.lists(st.integers(-1, 3), min_size=1, max_size=12))
def test_agreeing_makes_nothing_a_name(seed: int, words: list[int]) -> None:
    """How likely a word is a name stays; what stands once, or in small letters, or in a longer name is as it was."""
    before = np.random.default_rng(seed).normal(0, 4, (len(words), len(LABELS))).astype(np.float32)
    after = agreed(before, np.array(words))
    named = [np.exp(each[:, FIRST_OF_NAMES:]).sum(axis=1) for each in (before, after)]
    assert np.allclose(*named, rtol=1e-3)
    assert np.array_equal(after[:, :FIRST_OF_NAMES], before[:, :FIRST_OF_NAMES])
    longer = [LABELS[label][:2] in ("B-", "I-", "E-") for label in before.argmax(axis=1)]
    alone = [word < 0 or words.count(word) == 1 for word in words]
    same = np.array(longer) | np.array(alone)
    assert np.array_equal(after[same], before[same])


def test_names_with_particles() -> None:
    """A person's name that ended in a particle goes on to the next word in capitals, if there is one."""
    words = "Ursula von der Leyen traf Jan van .".split()
    labels = ["B-PER", "E-PER", "O", "S-ORG", "O", "B-PER", "E-PER", "O"]
    numbers = np.array([LABEL_IDS[label] for label in labels], np.int8)
    assert list(labelled_names(extended_past_particles(words, numbers))) == [(0, 4, "PER"), (5, 7, "PER")]


def test_headlines_in_capitals() -> None:
    """A line in capitals is read as it is usually written; an abbreviation in a sentence stays."""
    known = {"in": 1, "berlin": 9, "Berlin": 2}
    assert is_all_caps("TREFFEN IN BERLIN".split())
    assert not is_all_caps("Treffen der NATO in Berlin".split())
    assert [truecased(word, known) for word in "TREFFEN IN BERLIN , 2024".split()] == "Treffen in Berlin , 2024".split()


def test_a_row_of_initials_is_read_once() -> None:
    """A row of single letters with full stops before a word takes time that grows with its length only."""
    assert tokenise("F. Meier und U.S.A. und J.-P. Sartre").words == [
        "F.",
        "Meier",
        "und",
        "U.S.A.",
        "und",
        "J.-P.",
        "Sartre",
    ]
    assert tokenise("A." * 12 + " B").words == ["A." * 12, "B"]
    assert "".join(tokenise("a." * 20_000 + "aa").words) == "a." * 20_000 + "aa"


class CountedWords(list[str]):
    """Words, and how many of them were looked at."""

    looks = 0

    def __getitem__(self, place):  # type: ignore[no-untyped-def,override]
        self.looks += 1
        return super().__getitem__(place)


@pytest.mark.parametrize("number", [100, 400])
def test_names_that_begin_alike_are_found_without_comparing_all(number: int) -> None:
    """However many names begin with one word, each place is looked at for each length of them once."""
    words = CountedWords(word for place in range(number) for word in ("Angela", f"X{place}", "sprach"))
    labels = np.array([LABEL_IDS[label] for _ in range(number) for label in ("B-PER", "E-PER", "O")], np.int8)
    assert (consistent(words, labels) == labels).all()
    assert words.looks < 6 * number


def test_a_run_of_particles_is_looked_at_as_far_as_a_name_may_go() -> None:
    """Behind each name that ends in a particle three words are looked at, however many particles follow."""
    words = CountedWords(["von"] * 400)
    labels = np.full(400, LABEL_IDS["S-PER"], np.int8)
    assert (extended_past_particles(words, labels) == labels).all()
    assert words.looks < 10 * 400
