"""How well do the forms of a word meet, and how many other words meet them? One table over a gold list of lemmas.

    python -m bench.forms DATA

DATA holds stemming/lemma-forms.jsonl.gz (lemmas, part of speech, forms) and lexicon/news-frequency-bands-cc-by.tsv.gz.
Measured are

- missed    forms that have another term than their lemma (under-stemming);
- shared    lemmas that share their term with another lemma (over-stemming), where other spellings, participles
            and the feminine form of the same word are no other lemma;
- pairs     how many of them a lemma shares its term with, on average;

each for all words and for words of the news. `snowball` is the stem of PyStemmer after folding, to compare with;
`rules` is what remains if no list knew any of the words.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import Stemmer

from search.german import stemming
from search.german.folding import fold
from search.german.tokens import normalise

Term = Callable[[str], str]


class Lemma(NamedTuple):
    """A word of the gold list: how it is looked up, and its forms."""

    word: str
    part_of_speech: str
    forms: tuple[str, ...]


class Result(NamedTuple):
    """Shares between 0 and 1, and the mean number of other lemmas with the same term."""

    missed: float
    shared: float
    pairs: float


def read_lemmas(data: Path) -> list[Lemma]:
    """The lemmas that are one word of letters."""
    with gzip.open(data / "stemming/lemma-forms.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [
        Lemma(normalise(row["lemma"]), row["pos"], tuple(normalise(form) for form in row["forms"] if form.isalpha()))
        for row in rows
        if row["lemma"].isalpha()
    ]


def read_frequent(data: Path) -> frozenset[str]:
    """The words of the news that have a frequency band."""
    with gzip.open(data / "lexicon/news-frequency-bands-cc-by.tsv.gz", "rt", encoding="utf-8") as lines:
        return frozenset(line.partition("\t")[0].lower() for line in lines)


def measure(term: Term, lemmas: Sequence[Lemma], verbs: Mapping[str, str]) -> Result:
    """How often forms miss their lemma and lemmas meet others; `verbs` has the lemma of every form of a verb."""
    forms = missed = 0
    words: dict[str, set[str]] = defaultdict(set)
    for lemma in lemmas:
        own = term(lemma.word)
        words[own].add(_plain(verbs.get(lemma.word, lemma.word)))
        others = [form for form in lemma.forms if form != lemma.word]
        forms += len(others)
        missed += sum(term(form) != own for form in others)
    total = sum(map(len, words.values()))
    shared = sum(len(found) for found in words.values() if len(found) > 1)
    pairs = sum(len(found) * (len(found) - 1) for found in words.values())
    return Result(missed / forms, shared / total, pairs / total)


def _plain(word: str) -> str:
    """What all spellings and the two genders of a word have in common."""
    folded = fold(word)
    if folded.endswith("in") and len(folded) > 5:
        folded = folded.removesuffix("in").replace("ae", "a").replace("oe", "o").replace("ue", "u")
    folded = folded.replace("ae", "a").replace("oe", "o").replace("ue", "u")
    return folded.removesuffix("e") if folded.endswith("e") and len(folded) > 5 else folded


def snowball(word: str) -> str:
    stemmed: str = _SNOWBALL.stemWord(fold(word))
    return stemmed


def by_rules(word: str) -> str:
    """The stem by rules and heads of compounds, as if no list had the word itself or a shorter form of it."""
    return stemming.stem_of_folded(fold(word), lambda _: None)


_SNOWBALL = Stemmer.Stemmer("german")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    data = parser.parse_args().data
    lemmas, frequent = read_lemmas(data), read_frequent(data)
    news = [
        lemma._replace(forms=tuple(form for form in lemma.forms if form in frequent))
        for lemma in lemmas
        if lemma.word in frequent
    ]
    verbs = {form: lemma.word for lemma in lemmas if lemma.part_of_speech == "V" for form in lemma.forms}
    print(f"{'':<28}{'missed':>9}{'shared':>9}{'pairs':>9}")
    for name, chosen in (("all", lemmas), ("news", news)):
        for label, term in (("snowball", snowball), ("rules", by_rules), ("ours", stemming.stemmed)):
            print(
                f"{f'{name}, {label}':<28}" + "{:>9.2%}{:>9.2%}{:>9.2f}".format(*measure(term, chosen, verbs)),
                flush=True,
            )


if __name__ == "__main__":
    main()
