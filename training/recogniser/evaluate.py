"""How good is the recogniser, and how fast? Strict F1 of spans, from raw text, by models that never saw the document.

    python -m training.recogniser.evaluate DATA [--folds N] [--sources] [--quick]

Needs the extra "train" and some minutes for each model that it trains: one for each fold and, with --sources, one that
learns nothing of GermEval and one that learns nothing of smartdata and MobIE. No model learns from a document of the
teacher's that has something in common with a measured one. With --quick each reads a share of these, and all once.
What smartdata marks inside a compound or as an adjective (*US-Präsident*, *deutsche*) does not count as a name: it is
none in GermEval.
"""

from __future__ import annotations

import argparse
import gzip
import json
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from indexer.recognition import MODEL, Span, recognise_all
from indexer.recognition.inference import predict
from indexer.recognition.network import network_of
from indexer.recognition.tokens import tokenise
from training.recogniser.folds import FOLDS, MEASURED, apart, divided
from training.recogniser.material import Material, gathered
from training.recogniser.packing import arrays
from training.recogniser.recipe import QUICK, Recipe, taught
from training.recogniser.scoring import HEAD, scored
from training.recogniser.sources import Text

Found = list[tuple[Text, tuple[Span, ...]]]


def measured(material: Material, recipe: Recipe, taught_on: Sequence[int], tested: Sequence[int]) -> Found:
    """What a model of its own finds in the tested texts."""
    weights = {name: np.asarray(array) for name, array in taught(material, taught_on, recipe).items()}
    network = network_of(dict(arrays(weights, material.vocabulary, material.lists)))
    texts = [material.texts[number] for number in tested]
    return list(zip(texts, predict([text.text for text in texts], network), strict=True))


def report(found: Found, title: str) -> None:
    """Prints a row for each set."""
    for source in MEASURED:
        rows = [(text, spans) for text, spans in found if text.source == source]
        if rows:
            print(scored(*zip(*rows, strict=True)).row(f"{source}, {title}"), flush=True)


def speed(data: Path) -> float:
    """Words a second of processor time from raw text to spans, by the model that ships: articles of a newspaper, the
    best of three."""
    with gzip.open(data / "news/derstandard.jsonl.gz", "rt", encoding="utf-8") as lines:
        articles = [json.loads(line)["body"] for line in lines]
    words = sum(len(tokenise(article).words) for article in articles)
    recognise_all(articles[:10])
    times = []
    for _ in range(3):
        started = time.process_time()
        recognise_all(articles)
        times.append(time.process_time() - started)
    return words / min(times)


def main(data: Path, folds: int, sources: bool, quick: bool) -> None:
    print(f"{MODEL}: {speed(data):,.0f} words a second\n\n{HEAD}", flush=True)
    material = gathered(data)
    recipe = QUICK if quick else Recipe()
    together: Found = []
    for fold in range(folds):
        together += measured(material, recipe, *divided(material.texts, fold))
        report(together, f"{fold + 1} of {FOLDS} folds")
    for source in MEASURED if sources else ():
        report(measured(material, recipe, *apart(material.texts, source)), "none of its kind learned")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Measures the recogniser of names.")
    parser.add_argument("data", type=Path)
    parser.add_argument("--folds", type=int, default=FOLDS)
    parser.add_argument("--sources", action="store_true", help="also train without the publisher of each set")
    parser.add_argument("--quick", action="store_true", help="each reads less: four times as fast, a little worse")
    main(**vars(parser.parse_args()))
