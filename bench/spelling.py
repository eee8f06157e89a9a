"""Is the right word the first candidate, and how soon? Compares Nachlese's speller with two plain ways.

    python -m bench.spelling LEXICON PAIRS

LEXICON is a folder with words-cc0.txt.gz and nouns-cc0.txt.gz (a word a line) and
news-frequency-bands-cc-by.tsv.gz (word, tab, band from 10, frequent, to 60, rare); PAIRS has lines
of JSON with "wrong" and "right". Pairs whose right word is not in the lexicon are left out. The
rest is split in two: what was tuned with, and what was not looked at. symspellpy takes part if it
is installed.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import time
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import OSA

from search.store.words import Words
from search.suggest.spelling import Speller

# Articles with a word of each band, guessed by Zipf's law; without a band, as forms of others mostly are.
ARTICLES = {10: 30_000, 20: 3_000, 30: 1_000, 40: 500, 50: 250, 60: 120}
UNBANDED = 20
SEED = 7

Pairs = list[tuple[str, str]]
Ask = Callable[[str], list[str]]


def lines(path: Path) -> Iterator[str]:
    """The lines of a compressed file that are not empty."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from filter(None, map(str.strip, file))


def vocabulary(folder: Path) -> dict[str, int]:
    """The words of the lexicon in small letters with a number of articles."""
    counts = {word.lower(): UNBANDED for name in ("words", "nouns") for word in lines(folder / f"{name}-cc0.txt.gz")}
    for line in lines(folder / "news-frequency-bands-cc-by.tsv.gz"):
        word, band = line.split("\t")
        counts[word.lower()] = ARTICLES[int(band)]
    return counts


def halves(path: Path, known: dict[str, int]) -> dict[str, Pairs]:
    """The pairs whose right word is known: those that were tuned with, and the others."""
    both = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    pairs = [(pair["wrong"].lower(), pair["right"].lower()) for pair in both]
    pairs = [pair for pair in pairs if pair[1] in known]
    random.Random(SEED).shuffle(pairs)
    return {"tuned with": pairs[::2], "not looked at": pairs[1::2]}


def report(name: str, ask: Ask, parts: dict[str, Pairs]) -> None:
    """Print how often the right word is the first candidate and among three, and the processor time for a word."""
    for part, pairs in parts.items():
        first = among = 0
        times = []
        for wrong, right in pairs:
            started = time.process_time()
            candidates = ask(wrong)[:3]
            times.append((time.process_time() - started) * 1000)
            first += candidates[:1] == [right]
            among += right in candidates
        times.sort()
        median, slow, most = times[len(times) // 2], times[len(times) * 95 // 100], times[-1]
        print(
            f"{name:12} {part:14} first {first / len(pairs):.3f}  of three {among / len(pairs):.3f}"
            f"  ms of processor time: median {median:.2f}, p95 {slow:.2f}, most {most:.2f}",
            flush=True,
        )


def timed(name: str, build: Callable[[], Ask]) -> Ask:
    """Build a way to correct, and print how long that takes and how much memory it holds and needs for it."""
    started = time.process_time()
    ask = build()
    seconds = time.process_time() - started
    del ask
    tracemalloc.start()
    ask = build()
    held, peak = (size / 1e6 for size in tracemalloc.get_traced_memory())
    tracemalloc.stop()
    print(f"{name:12} built in {seconds:.1f} s; {held:.0f} MB, {peak:.0f} MB while building (words apart)", flush=True)
    return ask


def nachlese(counts: dict[str, int]) -> Ask:
    """Our own candidates."""
    speller = Speller(Words.of(counts.items()))
    return lambda word: [candidate.text for candidate in speller.candidates(word)]


def symspell(counts: dict[str, int]) -> Ask:
    """symspellpy as it comes: two errors, the nearest words, the most frequent first."""
    from symspellpy import SymSpell, Verbosity

    speller = SymSpell()
    for word, count in counts.items():
        speller.create_dictionary_entry(word, count)
    return lambda word: [found.term for found in speller.lookup(word, Verbosity.CLOSEST)]


def rapidfuzz(counts: dict[str, int]) -> Ask:
    """All words compared one by one: the fewest errors, then the most frequent."""
    words = sorted(counts, key=lambda word: -counts[word])
    return lambda word: [found for found, _, _ in process.extract(word, words, scorer=OSA.distance, limit=3)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("lexicon", type=Path)
    parser.add_argument("pairs", type=Path)
    arguments = parser.parse_args()
    counts = vocabulary(arguments.lexicon)
    parts = halves(arguments.pairs, counts)
    print(f"{len(counts)} words, {sum(map(len, parts.values()))} pairs")
    for name, build in (("nachlese", nachlese), ("symspellpy", symspell), ("rapidfuzz", rapidfuzz)):
        try:
            report(name, timed(name, lambda build=build: build(counts)), parts)
        except ImportError:
            print(f"{name:12} is not installed")


if __name__ == "__main__":
    main()
