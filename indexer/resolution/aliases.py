"""What do people say about names? The canonical name, its type, and in which other ways it is written.

The file is TOML, a table for each name:

    [[name]]
    name = "Europäische Union"
    type = "organisation"
    variants = ["EU", "Europäischen Union"]

Names that are written in one way only can also stand in lists, by their type:

    [plain]
    place = ["Alaska", "Bayern"]

`known.toml` comes with the program; a newsroom's own file has the same form and prevails over it,
over the recogniser and over what documents declare.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

from indexer.errors import AliasesUnreadable
from indexer.resolution.cache import cached_by_name
from indexer.resolution.lists import listed_names
from search.article import ENTITY_TYPES
from search.german.folding import fold


class Canonical(NamedTuple):
    """The name that stands for an entity, and its type, one of ENTITY_TYPES."""

    name: str
    type: str


@dataclass(frozen=True, slots=True)
class Aliases:
    """The names that a newsroom fixed: as written -> canonical. `fingerprint` changes with any of them."""

    names: Mapping[str, Canonical]
    fingerprint: str = ""

    def find(self, name: str) -> Canonical | None:
        """The entity that is written so, None if nobody said."""
        return self.names.get(name) or known_names().get(spelling_key(name))


NO_ALIASES = Aliases({})


def read_aliases(path: Path) -> Aliases:
    """The aliases in a file. Raises AliasesUnreadable, which says what is wrong and where."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise AliasesUnreadable(path, f"it cannot be read: {error}") from error
    digest = hashlib.blake2b(text.encode(), digest_size=8).hexdigest()
    return Aliases(dict(_entries(parse(text, path))), digest)


def parse(text: str, path: Path) -> list[tuple[Canonical, tuple[str, ...]]]:
    """The entries of a file: each name with its variants."""
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise AliasesUnreadable(path, f"it is no TOML: {error}") from error
    tables, plain = document.get("name", []), document.get("plain", {})
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise AliasesUnreadable(path, "each name needs a table of its own, which begins with [[name]]")
    if not isinstance(plain, dict) or not all(isinstance(names, list) for names in plain.values()):
        raise AliasesUnreadable(path, "[plain] needs a list of names for each type")
    tables += [{"name": name, "type": type} for type, names in plain.items() for name in names]
    return [_entry(number, table, path) for number, table in enumerate(tables, 1)]


def _entry(number: int, table: Mapping[str, Any], path: Path) -> tuple[Canonical, tuple[str, ...]]:
    """One table, checked."""
    name, type, variants = table.get("name"), table.get("type"), table.get("variants", [])
    if not isinstance(name, str) or not name.strip():
        raise AliasesUnreadable(path, f"name {number} says no `name`")
    if type not in ENTITY_TYPES:
        raise AliasesUnreadable(path, f"the `type` of {name!r} must be one of {', '.join(ENTITY_TYPES)}")
    if not isinstance(variants, list) or not all(isinstance(variant, str) and variant.strip() for variant in variants):
        raise AliasesUnreadable(path, f"the `variants` of {name!r} must be a list of names in quotes")
    return Canonical(" ".join(name.split()), type), tuple(" ".join(variant.split()) for variant in variants)


def _entries(entries: Iterable[tuple[Canonical, tuple[str, ...]]]) -> Iterable[tuple[str, Canonical]]:
    for canonical, variants in entries:
        yield from ((written, canonical) for written in (*variants, canonical.name))


@cache
def known_names() -> Mapping[str, Canonical]:
    """The names that come with the program and the countries of the Unicode CLDR, by their spelling."""
    path = files("indexer.resolution").joinpath("known.toml")
    listed = parse(path.read_text(encoding="utf-8"), Path("known.toml"))
    countries = [(Canonical(name, "place"), ()) for name in listed_names("countries.txt")]
    return {spelling_key(written): canonical for written, canonical in _entries([*countries, *listed])}


@cached_by_name
def spelling_key(name: str) -> str:
    """Equal for spellings that differ only in capitals, umlauts and hyphens: Timor-Leste, TIMOR LESTE."""
    return " ".join(fold(name.casefold()).replace("-", " ").split())
