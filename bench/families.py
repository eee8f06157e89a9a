"""Are copies found, and nothing else? Copies made of articles, as newsrooms make them, among all articles of a year.

    python -m bench.families DATA [--half odd] [--draw 50] [--choose | --cost]

DATA is the folder with `retrieval/news`. Of every third article of a half, copies are made with a seed: cut from the
end, with another headline, an agency's mark, corrected typing errors, updated sentences, and several of these at once;
they appear within a day. All come in random order, in several commits. A pair is right if both come of one
article; pairs of two articles of the collection are real, and left to the eye: `--draw` prints some of them with what
they share. Printed are recall by kind of copy, and precision over all pairs with a made copy. `--choose` prints what
other thresholds would find; the threshold was chosen on the even half. `--cost` indexes articles
of the half with tantivy and without names, and prints how much of the processor time goes to families, timed in the run
itself.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from itertools import combinations
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any, cast
from unittest.mock import patch

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # before anything imports NumPy

import search.families.shingles
import search.store.entry
import search.store.writing
from bench.retrieval import HALVES
from indexer.workers import entry_workers, make_entries
from search import Article, NewsDate, parse_date, write_archive
from search.engines.base import Entry
from search.families.finding import find
from search.families.levels import Level
from search.families.merging import added
from search.families.reading import Families
from search.families.shingles import CONTAINED, CONTAINED_LATER, containment, shingles, sketch
from search.families.traits import Traits, moment_of
from search.mapped import Buffer, Mapped
from search.settings import FAMILY_DAYS
from search.store.family_files import FamilyFiles

SEED = 1
EACH = 3  # of so many articles one is copied
COMMIT = 1000  # articles
SHORTEST = 400  # characters of an article that is copied
THRESHOLDS = (0.3, 0.4, 0.5, 0.6, 0.7)
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_AGENCIES = ("dpa", "AFP", "Reuters", "KNA", "epd", "sid", "AP", "dpa/lbn")
_LETTERS = "abcdefghiklmnoprstuw"


def news(data: Path) -> Iterator[Article]:
    """The articles of a year, with their dates."""
    with gzip.open(data / "retrieval/news/corpus.jsonl.gz", "rt", encoding="utf-8") as file:
        for row in map(json.loads, file):
            yield Article(row["id"], row["body"], row["title"], parse_date(row["date"]), row["source"])


def cut(random: Random, text: str, _others: Sequence[str]) -> str:
    """The beginning of a text, up to the end of a sentence: from a third of it to four fifths."""
    sentences = _SENTENCE.split(text)
    return " ".join(sentences[: max(3, round(len(sentences) * random.uniform(0.33, 0.8)))])


def marked(random: Random, text: str, _others: Sequence[str]) -> str:
    """With a place and an agency before it, or an agency behind it."""
    agency = random.choice(_AGENCIES)
    return f"BERLIN ({agency}) - {text}" if random.random() < 0.5 else f"{text} ({agency})"


def corrected(random: Random, text: str, _others: Sequence[str]) -> str:
    """With one word in fifty spelt otherwise."""
    words = text.split(" ")
    for place in random.sample(range(len(words)), max(1, len(words) // 50)):
        word = words[place]
        at = random.randrange(len(word) + 1)
        words[place] = word[:at] + random.choice(_LETTERS) + word[at + 1 :]
    return " ".join(words)


def updated(random: Random, text: str, others: Sequence[str]) -> str:
    """With a fifth of the sentences replaced by others, and two new ones at the beginning."""
    sentences = _SENTENCE.split(text)
    foreign = _SENTENCE.split(random.choice(others))
    for place in random.sample(range(len(sentences)), len(sentences) // 5):
        sentences[place] = random.choice(foreign)
    return " ".join([*foreign[:2], *sentences])


INDEXED = 2000  # articles
# What families take of a run, by the names of the functions.
PARTS = {
    "sketches": (search.families.shingles, "sketches"),
    "moments": (search.store.entry, "moment_of"),
    "marks": (search.store.writing, "traits_of"),
    "finding": (FamilyFiles, "change"),
}

Change = Callable[[Random, str, Sequence[str]], str]
KINDS: dict[str, tuple[Change, ...]] = {
    "cut": (cut,),
    "another headline": (),
    "agency's mark": (marked,),
    "corrected": (corrected,),
    "updated": (updated,),
    "cut, marked, corrected": (cut, corrected, marked),
    "updated and corrected": (updated, corrected),
}


def made(articles: Sequence[Article]) -> Iterator[tuple[str, Article]]:
    """Copies of each kind, in turns, with the kind of each; their ids begin with that of the article."""
    random, bodies = Random(SEED), [article.body for article in articles]
    for number, article in enumerate(articles[::EACH]):
        if len(article.body) < SHORTEST or not article.date:
            continue
        kind, changes = list(KINDS.items())[number % len(KINDS)]
        body = article.body
        for change in changes:
            body = change(random, body, bodies)
        day = (article.date.first + timedelta(days=random.randrange(2))).isoformat()
        title = random.choice(articles).title if kind == "another headline" else article.title
        yield kind, replace(article, id=f"{article.id}#{number}", title=title, body=body, date=NewsDate(day))


def families(articles: Sequence[Article]) -> list[tuple[str, ...]]:
    """The families of the articles, which come in random order and in several commits."""
    shuffled = Random(SEED).sample(list(articles), len(articles))
    bodies = {article.id: article.body for article in articles}
    sketches: list[Level] = []
    members: list[Level] = []
    started = time.process_time()
    for first in range(0, len(shuffled), COMMIT):
        some = shuffled[first : first + COMMIT]
        changes = {one.id: Traits(moment_of(one.date), sketch(one.body), 1) for one in some}
        new = find(sketches, members, changes, bodies.__getitem__, int(FAMILY_DAYS.default))
        sketches, members = (
            added(levels, level, in_memory) for levels, level in zip((sketches, members), new, strict=True)
        )
    took = (time.process_time() - started) / len(shuffled)
    print(f"{len(shuffled):,} articles, {took * 1e6:.0f} µs of processor time each")
    found = Families([Mapped.of(b"".join(level.pieces())) for level in members])
    return sorted({found.of(id).ids for id in bodies} - {()})


def in_memory(_: int, content: Iterable[Buffer]) -> Level:
    """A level as if it had been written."""
    return Level.read(Mapped.of(b"".join(content)))


def main() -> None:
    """Make copies, index, and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--half", choices=HALVES, default="odd")
    parser.add_argument("--draw", type=int, default=0, metavar="N")
    parser.add_argument("--choose", action="store_true")
    parser.add_argument("--cost", action="store_true")
    chosen = parser.parse_args()
    originals = list(news(chosen.data))[HALVES[chosen.half]]
    if chosen.cost:
        cost(originals[:INDEXED])
        return
    kinds = {article.id: (kind, article) for kind, article in made(originals)}
    texts = {article.id: article for article in (*originals, *(article for _, article in kinds.values()))}
    wanted = {(id.partition("#")[0], id) for id in kinds}
    if chosen.choose:
        choose(texts, wanted)
        return
    pairs = {pair for family in families(list(texts.values())) for pair in combinations(family, 2)}
    report(pairs, wanted, {id: kind for id, (kind, _) in kinds.items()})
    real = sorted(pair for pair in pairs if not any("#" in id for id in pair))
    print(f"{len(real):,} pairs of articles of the collection")
    for one, other in Random(SEED).sample(real, min(chosen.draw, len(real))):
        share = containment(shingles(texts[one].body), shingles(texts[other].body))
        print(f"{share:.2f}", *(f"{texts[id].source} {texts[id].date and texts[id].date.text} {texts[id].title!r} "
                                f"{texts[id].body[:120]!r}" for id in (one, other)), sep="\n     ")  # fmt: skip


def report(pairs: set[tuple[str, str]], wanted: set[tuple[str, str]], kinds: dict[str, str]) -> None:
    """Recall by kind, and the precision of pairs with a made copy: both of one article, or of its real family."""
    there, found = (
        Counter(kinds[id] for _, id in wanted),
        Counter(kinds[id] for pair in pairs & wanted for id in pair[1:]),
    )
    for kind, number in there.items():
        print(f"{kind:<26}{found[kind]:>5} of {number:>4}  {found[kind] / number:.3f}")
    together = {frozenset(id.partition("#")[0] for id in pair) for pair in pairs if not any("#" in id for id in pair)}
    judged = [pair for pair in pairs if any("#" in id for id in pair)]
    right = sum(len(of := frozenset(id.partition("#")[0] for id in pair)) == 1 or of in together for pair in judged)
    precision = right / max(1, len(judged))
    print(f"recall {found.total() / there.total():.3f}, precision {precision:.3f} of {len(judged):,} pairs")


def choose(texts: dict[str, Article], wanted: set[tuple[str, str]]) -> None:
    """How many of the copies share so much with their article, at each threshold."""
    hashes = {id: shingles(article.body) for id, article in texts.items()}
    shares = [containment(hashes[one], hashes[other]) for one, other in wanted]
    for threshold in THRESHOLDS:
        chosen = {CONTAINED: " (of one day)", CONTAINED_LATER: " (of different days)"}.get(threshold, "")
        print(f"{threshold}: {sum(share >= threshold for share in shares) / len(shares):.3f} of the copies{chosen}")


def cost(articles: Sequence[Article]) -> None:
    """The share of processor time that goes to families in a run that indexes these articles."""
    spent = Counter[str]()

    def timed(name: str, work: Callable[..., Any]) -> Callable[..., Any]:
        def measured(*arguments: Any) -> Any:
            started = time.thread_time()  # without what the threads of the engine do meanwhile
            try:
                return work(*arguments)
            finally:
                spent[name] += time.thread_time() - started

        return measured

    with TemporaryDirectory() as folder, ExitStack() as timing:
        for name, (place, function) in PARTS.items():
            timing.enter_context(patch.object(place, function, timed(name, getattr(place, function))))
        started = time.process_time()
        with write_archive(Path(folder), "tantivy") as writer:
            for entry in make_entries(((one, one.fingerprint()) for one in articles), entry_workers(1), None):
                writer.put_entry(cast(Entry, entry))
        whole = time.process_time() - started
    for name, seconds in spent.items():
        print(f"{name:<20}{seconds / len(articles) * 1e3:.3f} ms")
    share = spent.total() / (whole - spent.total())
    print(f"{'all of the run':<20}{whole / len(articles) * 1e3:.2f} ms an article")
    print(f"Families add {share:.1%} to the rest.")


if __name__ == "__main__":
    main()
