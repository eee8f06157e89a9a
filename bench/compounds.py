"""How good is the compound splitter, and are stock splitters better? One table, all splitters in one run.

    python -m bench.compounds DATA [--sample FILE]

DATA holds compounds/gecodb-dev.jsonl.gz, compounds/hard-dev.jsonl and news/*.jsonl.gz. The stock splitters are
compared if they are installed: pip install compound-split split-words german-nouns. Measured are

- found     boundaries of gecodb-dev found, right up to the linking element (Schul|s|amt);
- further   boundaries found there that it does not have: 100 of them, drawn at random, go to FILE to be judged;
- hard      words of hard-dev with exactly the boundaries that they have there, again up to the linking element;
- false     splits of the 5,000 most frequent words of the news that are no compounds: all words of letters, by
            frequency, without those of frequent_compounds.txt, which was made by hand;
- µs        time for a word of gecodb-dev, without a cache.

compound-split and split-words rate every place; the best one counts if its rate is above 0. german-nouns gives
base forms, which are looked for in the word, from left to right.
"""

from __future__ import annotations

import argparse
import gzip
import importlib
import json
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from search.german.compounds import split

LINKS = frozenset(("s", "es", "n", "en", "er", "e", "ens", "ns"))
NON_COMPOUNDS = 5_000
SAMPLE = 100

Splitter = Callable[[str], list[int]]  # from a lower-case word to the places where its parts end, but the last


@dataclass(frozen=True, slots=True)
class Case:
    """A word and where its parts end."""

    word: str
    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """What a splitter did; shares are between 0 and 1."""

    found: float
    hard: float
    false: float
    microseconds: float
    further: list[str]
    wrong: list[str]


def ours(word: str) -> list[int]:
    return [part.end for part in split(word)[:-1]]


def stock_splitters() -> Iterator[tuple[str, Splitter]]:
    """The stock splitters that are installed."""
    makers = {"compound-split": compound_split, "split-words": split_words, "german-nouns": german_nouns}
    for name, make in makers.items():
        try:
            yield name, make()
        except ImportError:
            print(f"{name} is not installed", file=sys.stderr)


def compound_split() -> Splitter:
    rated = importlib.import_module("compound_split.char_split").split_compound
    return lambda word: best_rated(rated(word))


def split_words() -> Splitter:
    rated = importlib.import_module("split_words").Splitter().split_compound
    return lambda word: best_rated(rated(word))


def best_rated(ratings: list[tuple[float, str, str]]) -> list[int]:
    return [len(ratings[0][1])] if ratings and ratings[0][0] > 0 else []


def german_nouns() -> Splitter:
    parse = importlib.import_module("german_nouns.lookup").Nouns().parse_compound

    def places(word: str) -> list[int]:
        found, at = [], 0
        for part in parse(word)[1:]:
            at = word.find(part.lower()[:4], at + 1)
            if at < 0:
                return []
            found.append(at)
        return found

    return places


def same(word: str, one: int, other: int) -> bool:
    """Whether two places are the same but for a linking element between them."""
    return one == other or word[min(one, other) : max(one, other)] in LINKS


def read_cases(path: Path) -> list[Case]:
    data = path.read_bytes()
    rows = [json.loads(line) for line in (gzip.decompress(data) if path.suffix == ".gz" else data).splitlines()]
    return [Case(row["word"].lower(), tuple(accumulate(map(len, row["parts"][:-1])))) for row in rows]


def frequent_words(news: Path) -> list[str]:
    """The most frequent words of the news that are no compounds."""
    counts: Counter[str] = Counter()
    for path in sorted(news.glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                article = json.loads(line)
                text = f"{article.get('title') or ''} {article['body']}"
                counts.update(word.lower() for word in re.findall(r"[^\W\d_]+", text))
    judged = Path(__file__).with_name("frequent_compounds.txt").read_text(encoding="utf-8")
    compounds = {word for line in judged.splitlines() if not line.startswith("#") for word in line.split()}
    ordered = sorted(counts, key=lambda word: (-counts[word], word))
    return [word for word in ordered if word not in compounds][:NON_COMPOUNDS]


def measure(splitter: Splitter, plain: list[Case], hard: list[Case], frequent: list[str]) -> Result:
    started = time.perf_counter()
    answers = [splitter(case.word) for case in plain]
    elapsed = time.perf_counter() - started
    hits = sum(
        any(same(case.word, place, found) for found in answer)
        for case, answer in zip(plain, answers, strict=True)
        for place in case.places
    )
    return Result(
        found=hits / sum(len(case.places) for case in plain),
        hard=sum(exact(case, splitter(case.word)) for case in hard) / len(hard),
        false=sum(bool(splitter(word)) for word in frequent) / len(frequent),
        microseconds=elapsed / len(plain) * 1e6,
        further=list(further(zip(plain, answers, strict=True))),
        wrong=[word for word in frequent if splitter(word)],
    )


def exact(case: Case, answer: list[int]) -> bool:
    if len(answer) != len(case.places):
        return False
    return all(same(case.word, *pair) for pair in zip(case.places, answer, strict=True))


def further(answered: Iterable[tuple[Case, list[int]]]) -> Iterator[str]:
    """The boundaries that are not in the data, each marked by | in its word, other boundaries by +."""
    for case, answer in answered:
        for place in answer:
            if not any(same(case.word, place, known) for known in case.places):
                marks = {end: "|" if end == place else "+" for end in answer}
                yield "".join(marks.get(at, "") + letter for at, letter in enumerate(case.word))


def main(data: Path, sample: Path | None) -> None:
    plain = read_cases(data / "compounds/gecodb-dev.jsonl.gz")
    hard = read_cases(data / "compounds/hard-dev.jsonl")
    frequent = frequent_words(data / "news")
    ours("donaudampfschiff")  # reads the lexicon
    print(f"{'splitter':<16}{'found':>8}{'further':>9}{'hard':>8}{'false':>8}{'µs':>8}")
    for name, splitter in [("ours", ours), *stock_splitters()]:
        result = measure(splitter, plain, hard, frequent)
        shares = f"{result.found:>8.1%}{len(result.further):>9,}{result.hard:>8.1%}{result.false:>8.2%}"
        print(f"{name:<16}{shares}{result.microseconds:>8.0f}")
        if name == "ours":
            print("  false:", *result.wrong)
            drawn = random.Random(1).sample(result.further, min(SAMPLE, len(result.further)))
            if sample:
                sample.write_text("\n".join(drawn) + "\n", encoding="utf-8")


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description="How good is the compound splitter?")
    arguments.add_argument("data", type=Path)
    arguments.add_argument("--sample", type=Path)
    main(**vars(arguments.parse_args()))
