"""Builds the table; `__init__.py` says how."""

import argparse
from pathlib import Path

from training.lexicon.learning import candidates, flatten, learn
from training.lexicon.lists import proper_names, read_lists
from training.lexicon.table import forms, guarded, look_alikes, other_words, read, with_late_compounds, written

TABLE = Path(__file__).with_name("compounds.txt")
PACKED = Path(__file__).parents[2] / "search/german/data"


def main(directory: str) -> None:
    lists = read_lists(Path(directory))
    counts = with_late_compounds(lists, flatten(learn(candidates(lists)), lists))
    others = sorted({*other_words(lists), *proper_names() - lists.nouns})
    found = guarded(forms(lists, counts), lists, others)
    whole = look_alikes(found, others)
    TABLE.write_text(written(found, whole), encoding="ascii")
    read(TABLE.read_text(encoding="ascii")).save(PACKED)
    print(f"{len(counts.parts):,} nouns are compounds; {len(found.modifiers):,} modifiers, {len(found.heads):,} heads,")
    print(f"{len(whole):,} words that only look like compounds: {TABLE.stat().st_size:,} bytes")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m training.lexicon", description=__doc__)
    parser.add_argument("directory")
    main(**vars(parser.parse_args()))
