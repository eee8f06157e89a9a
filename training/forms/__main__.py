"""Builds the table; `__init__.py` says how."""

import json
import sys
from itertools import chain
from pathlib import Path

from search.german.forms import packed
from training.forms.separable import separable_verbs
from training.forms.table import beginnings, table, wanted
from training.lexicon.lists import read_lists

DATA = Path(__file__).parents[2] / "search/german/data"
PACKED = DATA / "forms.txt"


def main(directory: str) -> None:
    """Write the files."""
    lists = read_lists(Path(directory))
    first, second = wanted(lists)
    forms = table(first)
    lines = (f"{word} {packed(word, form)}\n" for word, form in sorted(forms.items()))
    PACKED.write_text("".join(lines), encoding="ascii")
    text = json.dumps(beginnings(forms, second), indent=0)
    (DATA / "beginnings.json").write_text(text + "\n", encoding="ascii")
    rows = (f"{word} {stem}\n" for word, stem in sorted(second.items()))
    (DATA / "second_stems.txt").write_text("".join(rows), encoding="ascii")
    print(f"{len(forms):,} words, {PACKED.stat().st_size:,} bytes")
    verbs = separable_verbs(lists, {word: packed(word, form) for word, form in forms.items()})
    lines = (" ".join([prefix, *chain.from_iterable(sorted(stems.items()))]) + "\n" for prefix, stems in verbs.items())
    (DATA / "separable_verbs.txt").write_text("".join(lines), encoding="utf-8")
    print(f"{sum(map(len, verbs.values())):,} separable verbs")


if __name__ == "__main__":
    main(*sys.argv[1:])
