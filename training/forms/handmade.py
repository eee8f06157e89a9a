"""What handmade.toml, strong_verbs.txt and weak_verbs.txt say, folded."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import NamedTuple

from search.german.folding import without_diacritics

_FOLDER = Path(__file__).parent
_HANDMADE = tomllib.loads((_FOLDER / "handmade.toml").read_text(encoding="utf-8"))

(
    NAMES, APART, NOT_NOUNS, FORMS_OF_NOUNS, FORMS_OF_VERBS, GE_VERBS, BOTH, SELDOM_VERBS, LOSING_E, UMLAUTING,
    ADJECTIVES,
) = (
    frozenset(map(without_diacritics, _HANDMADE[name].split()))
    for name in (
        "names", "apart", "not_nouns", "forms_of_nouns", "forms_of_verbs", "ge_verbs", "both", "seldom_verbs",
        "losing_e", "umlauting", "adjectives",
    )
)  # fmt: skip
SAME, NOUNS_APART, PLURALS = (
    tuple(tuple(map(without_diacritics, line.split())) for line in _HANDMADE[name].strip().splitlines())
    for name in ("same", "nouns_apart", "plurals")
)


class StrongVerb(NamedTuple):
    """The principal parts of an irregular verb, "" where there is none of its own."""

    infinitive: str
    present: str
    past: str
    subjunctive: str
    participle: str


def weak_verbs() -> frozenset[str]:
    """The infinitives of weak_verbs.txt."""
    lines = (_FOLDER / "weak_verbs.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(without_diacritics(verb) for line in lines if not line.startswith("#") for verb in line.split())


def strong_verbs() -> list[StrongVerb]:
    """All of strong_verbs.txt."""
    lines = (_FOLDER / "strong_verbs.txt").read_text(encoding="utf-8").splitlines()
    rows = (without_diacritics(line).split() for line in lines if not line.startswith("#"))
    return [StrongVerb(*(part.replace("-", "") for part in row)) for row in rows]
