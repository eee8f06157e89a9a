"""Sentences made up about what no annotated text teaches: offices before a last name, firms of one word, inhabitants.

The sentences are in made_up.toml; their words come from lists, so that the network learns the place and not the word.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

import numpy as np

from indexer.resolution.aliases import known_names
from training.recogniser.examples import Example, example
from training.recogniser.renaming import Names, abbreviation
from training.recogniser.sources import Name, Text

SENTENCES = 16_000
_TOGETHER = 8  # sentences of a text
_SLOT = re.compile(r"\{(\w+)\}")
_MARKED = re.compile(r"\[(PER|LOC|ORG) ([^\]]+)\]")
_ONSETS = "b br c cl d dr f fl g gr h j k kr l m n p pl qu r s sch st t tr v w x y z".split()
_NUCLEI = "a a e e i i o o u au ei ie y".split()
_CODAS = ["", "", "", "", "l", "m", "n", "r", "s", "t", "x", "nd", "rt", "st", "tec", "flix", "com"]
_CLUBS = "Hertha Union Eintracht Borussia Fortuna Arminia Dynamo Austria Rapid Energie Preußen Alemannia".split()

Random = np.random.Generator
Lists = Mapping[str, Sequence[str]]


def made_up(names: Names, nouns: Sequence[str], forms: Sequence[str], seed: int = 5) -> list[Example]:
    """Examples of some sentences each, with names from the lists, nouns and their forms, which name nothing."""
    random = np.random.default_rng(seed)
    held = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    lists = {kind: words.split() for kind, words in held["lists"].items()}
    lists |= {"first": names.first, "last": names.last, "city": names.places, "first_word": _CLUBS}
    lists |= {"noun": nouns, "form": forms, "organisation": _known("organisation"), "known_place": _known("place")}
    sentences = [_filled(_chosen(held["sentences"]["texts"], random), lists, random) for _ in range(SENTENCES)]
    groups = (sentences[at : at + _TOGETHER] for at in range(0, SENTENCES, _TOGETHER))
    return [example(_text("\n".join(group), number)) for number, group in enumerate(groups)]


def _known(type: str) -> list[str]:
    """The names of a type that come with the program."""
    return sorted({name.name for name in known_names().values() if name.type == type})


def _chosen(words: Sequence[str], random: Random) -> str:
    return words[int(random.integers(len(words)))]


def _filled(sentence: str, lists: Lists, random: Random) -> str:
    """A sentence with a word for each slot."""
    return _SLOT.sub(lambda slot: _word(slot[1], lists, random), sentence).replace("_", " ")


def _word(slot: str, lists: Lists, random: Random) -> str:
    if slot in lists:
        return _chosen(lists[slot], random)
    return _MADE[slot](lists, random)


def _firm(lists: Lists, random: Random) -> str:
    """A firm has the name of a person, or one that means nothing."""
    if random.random() < 0.3:
        return _chosen(lists["last"], random)
    syllables = [_chosen(_ONSETS, random) + _chosen(_NUCLEI, random) for _ in range(int(random.integers(2, 4)))]
    name = "".join(syllables) + _chosen(_CODAS, random)
    return name.upper() if len(name) < 6 and random.random() < 0.1 else name.capitalize()


def _compound(back: str, lists: Lists, random: Random) -> str:
    """*Corona-Krise*, *Impfpflichtdebatte*: what begins with a name or a noun and ends in a noun."""
    kind = ("front", "front", "noun", "city", "last")[int(random.integers(5))]
    front, end = _chosen(lists[kind], random), _chosen(lists[back], random)
    closed = kind == "noun" or random.random() < 0.3
    return front + end.lower() if closed and front.isalpha() else f"{front}-{end}"


_MADE: Mapping[str, Callable[[Lists, Random], str]] = {
    "firm": _firm,
    "capitals": lambda _, random: abbreviation(random),
    "compound_f": partial(_compound, "back_f"),
    "compound_m": partial(_compound, "back_m"),
    "compound_n": partial(_compound, "back_n"),
    "townsman": lambda lists, random: _chosen(lists["city"], random).removesuffix("en") + "er",
    "initial": lambda _, random: chr(ord("A") + int(random.integers(26))) + ".",
    "year": lambda _, random: str(random.integers(1950, 2026)),
}


def _text(marked: str, number: int) -> Text:
    """A marked text without its marks. What is no name of ours may still be derived from one, or another name."""
    names: list[Name] = []
    text, done = "", 0
    for mark in _MARKED.finditer(marked):
        text += marked[done : mark.start()]
        names.append(Name(len(text), len(text) + len(mark[2]), mark[1]))
        text += mark[2]
        done = mark.end()
    return Text("made up", f"made-up-{number}", text + marked[done:], tuple(names))
