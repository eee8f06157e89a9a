"""Are words that a line end broke read whole, and others left alone? On news, with breaks of our own and theirs.

    python -m bench.broken_words FILE [--words 2000] [--sample 50]

FILE is a .jsonl.gz of articles with a `body`. Words drawn at random are broken before a consonant with a vowel, once at
a line end and once by a hyphen and a blank, as where a program joined the lines; printed is the share that is read
whole. Then come stretches of the articles themselves that are read as one word, to be judged by eye.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from search.german.analysis import analyse
from search.german.broken_words import whole

BREAKS = {"line end": "-\n", "blank": "- "}
_WORD = re.compile(r"(?<![\w-])[^\W\d_][a-zäöüß]{5,20}(?![\w-])")
_SYLLABLE = re.compile(r"(?<=[aeiouäöüy])(?:[^\W\d_aeiouäöüy])*?(?=[^\W\d_aeiouäöüy][aeiouäöüy])", re.IGNORECASE)
AROUND = 30  # characters shown around a break


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--words", type=int, default=2_000)
    parser.add_argument("--sample", type=int, default=50)
    arguments = parser.parse_args()
    chance = random.Random(1)
    with gzip.open(arguments.file, "rt", encoding="utf-8") as lines:
        bodies = [str(json.loads(line)["body"]) for line in lines]
    broken = _broken(bodies, arguments.words, chance)
    for name, sign in BREAKS.items():
        found = sum(_is_read(left, sign, right) for left, right in broken)
        print(f"read whole, {name:9} {found / max(1, len(broken)):6.1%} of {len(broken):,} words")
    joined = [stretch for body in bodies for stretch in _joined(body)]
    print(f"in {len(bodies):,} articles {len(joined)} places are read as one word, among them")
    for stretch in chance.sample(joined, min(arguments.sample, len(joined))):
        print("   ", stretch)


def _broken(bodies: Sequence[str], number: int, chance: random.Random) -> list[tuple[str, str]]:
    """Words of the articles drawn at random, each as the two pieces of it."""
    pieces: list[tuple[str, str]] = []
    while len(pieces) < number and bodies:
        words = _WORD.findall(chance.choice(bodies))
        word = chance.choice(words) if words else ""
        places = [match.end() for match in _SYLLABLE.finditer(word) if 2 <= match.end() <= len(word) - 2]
        if places:
            place = chance.choice(places)
            pieces.append((word[:place], word[place:]))
    return pieces


def _is_read(left: str, sign: str, right: str) -> bool:
    return (left + right).lower() in {token.word.exact for token in analyse(f"Hier {left}{sign}{right} dort").tokens}


def _joined(body: str) -> Iterator[str]:
    """What stands around the places of a text that are read as one word."""
    mended = whole(body)
    for place in mended.places if mended else ():
        at = mended.span(place, place)[1] if mended else 0
        yield " ".join(body[max(0, at - AROUND) : at + AROUND].split())


if __name__ == "__main__":
    main()
