"""Builds the table; `__init__.py` says how."""

import sys
from pathlib import Path

from search.german.forms import packed
from training.forms.table import table, wanted
from training.lexicon.lists import read_lists

PACKED = Path(__file__).parents[2] / "search/german/data/forms.marisa"


def main(directory: str) -> None:
    """Write the file."""
    forms = table(wanted(read_lists(Path(directory))))
    packed(forms).save(str(PACKED))
    print(f"{len(forms):,} words, {PACKED.stat().st_size:,} bytes")


if __name__ == "__main__":
    main(*sys.argv[1:])
