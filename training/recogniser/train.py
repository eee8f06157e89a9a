"""Trains the model that ships, on all annotated sets.

    python -m training.recogniser.train DATA

DATA holds ner/ and lexicon/. Needs the extra "train" and ten minutes of a core. All chance is seeded: the same machine
with the same versions of NumPy and JAX makes the same bytes.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import numpy as np

from training.recogniser.material import gathered
from training.recogniser.packing import arrays, write
from training.recogniser.recipe import Recipe, taught

FOLDER = Path(__file__).resolve().parents[2] / "indexer/recognition/data"


def main(data: Path) -> None:
    started = time.perf_counter()
    material = gathered(data)
    weights = taught(material, range(len(material.texts)), Recipe())
    learned = {name: np.asarray(array) for name, array in weights.items()}
    name = write(FOLDER, arrays(learned, material.vocabulary, material.lists))
    print(f"{name} in {(time.perf_counter() - started) / 60:.0f} minutes")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Trains the recogniser of names.")
    parser.add_argument("data", type=Path)
    main(parser.parse_args().data)
