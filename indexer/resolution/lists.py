"""Which names are on a list that ships? One a line, packed by training.names; data/README.md says from where."""

from __future__ import annotations

from importlib.resources import files


def listed_names(file: str) -> frozenset[str]:
    """The names in a file of indexer/resolution/data, without its comments."""
    lines = files("indexer.resolution").joinpath("data", file).read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if not line.startswith("#"))
