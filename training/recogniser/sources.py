"""The annotated sets, read into one form: texts with the names in them."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray


class Name(NamedTuple):
    """A name in a text; type is PER, LOC, ORG, OTH, DER or PART, or ANY if it does not tell."""

    start: int
    end: int
    type: str


class Text(NamedTuple):
    """An annotated text; `complete` if OTH, DER and PART are marked in it too, `group` is its document."""

    source: str
    group: str
    text: str
    names: tuple[Name, ...]
    complete: bool = False


class Silver(NamedTuple):
    """A document whose labels a teacher guessed: BIO tags, how certain each is, and where the sentences begin."""

    source: str
    id: str
    words: list[str]
    tags: list[str]
    certainty: NDArray[np.float32]
    sentences: list[int]


_GLUED = re.compile(r"¬ ?")
_ADJECTIVE = re.compile(r"[A-ZÄÖÜ]?[a-zäöüß-]+(?:ische|sche|tsche|nisch)[nrsm]?$")
HISTORICAL = ("hipe2022-newseye-dev", "hipe2022-newseye-dev2", "hipe2022-newseye-test", "hipe2022-sonar-dev",
              "hipe2022-sonar-test")  # fmt: skip
EUROPEANA = ("europeana-de-sbb", "europeana-de-lft")
SILVER = ("silver-wikinews", "silver-derstandard", "silver-encyclopaedia")


def rows(path: Path) -> Iterator[dict]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def read_all(data: Path) -> list[Text]:
    """All texts of all sets."""
    texts = [*germeval(data), *smartdata(data), *mobie(data), *europarl(data)]
    for name in HISTORICAL:
        texts += historical(data / f"ner/{name}-de.jsonl.gz", "historical")
    for name in EUROPEANA:
        texts += historical(data / f"ner/{name}.jsonl.gz", "europeana")
    return texts


def silver(data: Path) -> Iterator[Silver]:
    """The documents of plain text, each with all its sentences."""
    for name in SILVER:
        for id, sentences in groupby(rows(data / f"ner/{name}.jsonl.gz"), key=lambda row: row["id"]):
            words: list[str] = []
            tags: list[str] = []
            sure: list[int] = []
            begins: list[int] = []
            for row in sentences:
                begins.append(len(words))
                words += row["tokens"]
                tags += row["tags"]
                sure += row["sure"]
            yield Silver("silver", id, words, tags, np.array(sure, np.float32) / 100, begins)


def joined(tokens: list[str], tags: list[str]) -> tuple[str, list[Name]]:
    """The text of BIO-tagged tokens, and the names in it."""
    names: list[Name] = []
    at, inside = 0, ""
    for token, tag in zip(tokens, tags, strict=True):
        place, _, type = tag.partition("-")
        end = at + len(token)
        if place == "B" or (place == "I" and type != inside):
            names.append(Name(at, end, type))
        elif place == "I":
            names[-1] = names[-1]._replace(end=end)
        inside = type if place in "BI" else ""
        at = end + 1
    return " ".join(tokens), names


def germeval(data: Path) -> Iterator[Text]:
    for number, row in enumerate(rows(data / "ner/germeval2014-dev.jsonl.gz")):
        text, names = joined(row["tokens"], row["tags"])
        kept = tuple(name._replace(type=_plain(name.type)) for name in names)
        yield Text("germeval", f"germeval-{number}", text, kept, complete=True)


def _plain(type: str) -> str:
    if type.endswith("deriv"):
        return "DER"
    return "PART" if type.endswith("part") else type


def simple(type: str) -> str | None:
    """PER, LOC or ORG for a type of smartdata or MobIE, None for what is no name."""
    kind = type.split("-")[0]
    if type == "org-position":
        return None
    return {"person": "PER", "location": "LOC", "organization": "ORG"}.get(kind)


def smartdata(data: Path) -> Iterator[Text]:
    for row in rows(data / "ner/smartdata.jsonl.gz"):
        names = [
            Name(*_place(row["text"], each), type)
            for each in sorted(row["entities"], key=lambda each: (each["start"], -each["end"]))
            if (type := simple(each["type"]))
        ]
        yield Text(f"smartdata-{row['source']}", document(row["text"]), row["text"],
                   tuple(settled(row["text"], name) for name in without_overlaps(names)))  # fmt: skip


def _place(text: str, entity: dict) -> tuple[int, int]:
    """Where an entity is; some offsets count UTF-16 units."""
    start = next(
        (at for at in range(entity["start"], max(-1, entity["start"] - 12), -1) if text.startswith(entity["text"], at)),
        entity["start"],
    )
    end = start + entity["end"] - entity["start"]
    found = text[start:end]
    return start + len(found) - len(found.lstrip(" #@\n\xa0")), start + len(found.rstrip(" \n\xa0"))


def document(text: str) -> str:
    """What tells the document of a text: its letters, so truncated and tokenised copies are found by n-grams later."""
    return re.sub(r"\W+", "", text.lower())


def without_overlaps(names: list[Name]) -> list[Name]:
    kept: list[Name] = []
    for name in names:
        if not kept or name.start >= kept[-1].end:
            kept.append(name)
    return kept


def settled(text: str, name: Name) -> Name:
    """The name as GermEval would mark it: *deutsche* is derived from one, *US* in *US-Präsident* part of a compound."""
    word = text[name.start : name.end]
    after = text[name.end : name.end + 2]
    before = text[name.start - 1 : name.start]
    if name.type == "LOC" and (_ADJECTIVE.match(word) or word[:1].islower()):
        return name._replace(type="DER")
    if re.match(r"-?\w", after) or before.isalnum():
        return name._replace(type="PART")
    if name.type == "LOC" and re.match(r"[A-ZÄÖÜ]\w+er$", word) and re.match(r" [A-ZÄÖÜ]", after):
        return name._replace(type="DER")
    return name


def mobie(data: Path) -> Iterator[Text]:
    for part in ("train", "dev"):
        for row in rows(data / f"ner/mobie-{part}.jsonl.gz"):
            text, names = joined(row["tokens"], row["tags"])
            names = [name._replace(start=name.start + (text[name.start] in "#@")) for name in names]
            kept = [name._replace(type=type) for name in names if (type := simple(name.type))]
            yield Text("mobie", document(text), text, tuple(settled(text, name) for name in kept))


def europarl(data: Path) -> Iterator[Text]:
    """Speeches, of which only persons and places are marked by our rules."""
    for number, row in enumerate(rows(data / "ner/europarl2018-de.jsonl.gz")):
        text, names = joined(row["tokens"], row["tags"])
        kept = tuple(name if name.type in ("PER", "LOC") else name._replace(type="ANY") for name in names)
        yield Text("europarl", f"europarl-{number}", text, tuple(settled(text, name) for name in kept))


def historical(path: Path, source: str) -> Iterator[Text]:
    """Texts of old newspapers, with their words made whole."""
    for number, row in enumerate(rows(path)):
        pairs = [
            (token, tag if re.fullmatch(r"[BI]-(?:PER|LOC|ORG)", tag) else "O")
            for token, tag in zip(row["tokens"], row["tags"], strict=True)
            if not re.match(r"(?:file|url):", tag)
        ]
        for begin in range(0, len(pairs), 200):
            tokens, tags = zip(*pairs[begin : begin + 200], strict=True)
            whole = glued(list(tokens), list(tags))
            text, names = joined(*whole)
            yield Text(source, f"{path.name}-{number}", text, tuple(names))


def glued(tokens: list[str], tags: list[str]) -> tuple[list[str], list[str]]:
    """The words that a line end cut, in one piece."""
    words: list[str] = []
    kept: list[str] = []
    for token, tag in zip(tokens, tags, strict=True):
        if words and words[-1].endswith("¬"):
            words[-1] = words[-1][:-1] + token.replace("ſ", "s")
        else:
            words.append(token.replace("ſ", "s"))
            kept.append(tag)
    return words, kept
