"""Reads sentences in which names are marked as in [person Olaf Scholz]."""

import re
from pathlib import Path
from typing import NamedTuple

from indexer.recognition import Span

_NAME = re.compile(r"\[(person|place|organisation) ([^\]]+)\]")


class Marked(NamedTuple):
    """A sentence without marks, and its names."""

    text: str
    names: tuple[Span, ...]


def sentences(file: str) -> list[Marked]:
    """The sentences of a file of this folder, without its comments."""
    lines = Path(__file__).with_name(file).read_text(encoding="utf-8").splitlines()
    return [marked(line) for line in lines if line and not line.startswith("#")]


def marked(line: str) -> Marked:
    """The sentence of a line."""
    text, names, done = "", [], 0
    for match in _NAME.finditer(line):
        text += line[done : match.start()]
        names.append(Span(len(text), len(text) + len(match[2]), match[1]))
        text += match[2]
        done = match.end()
    return Marked(text + line[done:], tuple(names))
