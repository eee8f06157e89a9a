"""Builds the file; `__init__.py` says how."""

import argparse
import gzip
import json
from collections.abc import Iterator
from pathlib import Path

from marisa_trie import BytesTrie

from search.german.chunks import LONGEST_CHUNK
from search.german.frequent_words import PATH, frequent_words
from search.german.layers import analysed_word
from search.german.normalisation import is_normalised
from search.german.tokens import TOKEN

LISTS = ("words-cc0.txt.gz", "nouns-cc0.txt.gz")
BANDS = "news-frequency-bands-cc-by.tsv.gz"


def main() -> None:
    """Write the file."""
    parser = argparse.ArgumentParser(description="Ask the rules about frequent words, and write down what they say.")
    parser.add_argument("directory", nargs="?", type=Path, help="the folder with lexicon and news")
    parser.add_argument("--again", action="store_true", help="about the words that the file has")
    chosen = parser.parse_args()
    if chosen.again == bool(chosen.directory):
        parser.error("name the folder with lexicon and news, or --again")
    words = list(frequent_words()) if chosen.again else wanted(chosen.directory)
    BytesTrie(sorted({(word, analysed_word(word).encode()) for word in words})).save(str(PATH))
    print(f"{len(set(words)):,} words, {PATH.stat().st_size:,} bytes")


def wanted(directory: Path) -> list[str]:
    """The words of the bands, and those of the lists that occur in the news; in small letters, of letters alone."""
    bands = {line.split("\t")[0].lower() for line in _lines(directory / "lexicon" / BANDS)}
    listed = {line.lower() for name in LISTS for line in _lines(directory / "lexicon" / name)}
    news = (directory / "news").glob("*.jsonl.gz")
    bodies = (json.loads(line)["body"].lower() for path in news for line in _lines(path))
    occur = {token[0] for body in bodies for token in TOKEN.finditer(body)}
    found = bands | (listed & occur)
    return [word for word in found if word.isalpha() and len(word) <= LONGEST_CHUNK and is_normalised("NFKC", word)]


def _lines(path: Path) -> Iterator[str]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from (line.rstrip("\n") for line in file)


if __name__ == "__main__":
    main()
