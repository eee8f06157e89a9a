"""Builds the table; `__init__.py` says how."""

import json
import sys
from pathlib import Path

from search.german.forms import packed
from training.forms.table import beginnings, table, wanted
from training.lexicon.lists import read_lists

DATA = Path(__file__).parents[2] / "search/german/data"
PACKED = DATA / "forms.txt"


def main(directory: str) -> None:
    """Write the file."""
    forms = table(wanted(read_lists(Path(directory))))
    lines = (f"{word} {packed(word, form)}\n" for word, form in sorted(forms.items()))
    PACKED.write_text("".join(lines), encoding="ascii")
    text = json.dumps(beginnings(forms), indent=0)
    (DATA / "beginnings.json").write_text(text + "\n", encoding="ascii")
    print(f"{len(forms):,} words, {PACKED.stat().st_size:,} bytes")


if __name__ == "__main__":
    main(*sys.argv[1:])
