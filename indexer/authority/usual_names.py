"""What does a short form usually mean? *SZ* the Süddeutsche Zeitung, unless the archive explains it otherwise."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from indexer.resolution.aliases import spelling_key
from search.article import EntityName


def usual_name(name: EntityName) -> EntityName | None:
    """The name that one of this type and spelling usually stands for, None if it stands for itself."""
    return _usual_names().get((name.type, spelling_key(name.name)))


@cache
def usual_keys() -> frozenset[str]:
    """The spellings (spelling_key) of all short forms and of what they usually mean."""
    usual = _usual_names()
    return frozenset({short for _, short in usual} | {spelling_key(name.name) for name in usual.values()})


@cache
def _usual_names() -> Mapping[tuple[str, str], EntityName]:
    """The names of the list that ships by types and spellings (spelling_key)."""
    text = files("indexer.resolution").joinpath("data", "usual_names.toml").read_text(encoding="utf-8")
    return {
        (type, spelling_key(short)): EntityName(type, name)
        for type, names in tomllib.loads(text).items()
        for name, shorts in names.items()
        for short in shorts
    }
