"""What do people say about names? The canonical name, its type, and in which other ways it is written.

The file is TOML, a table for each name:

    [[name]]
    name = "Europäische Union"
    type = "organisation"
    variants = ["EU", "Europäischen Union"]

Names that are written in one way only can also stand in lists, by their type:

    [plain]
    place = ["Alaska", "Bayern"]

A name can say which others are not meant by it in other articles, and lists what is no name, of a type or of any
(this head may stand several times, as where lines were copied one after the other):

    [[name]]
    name = "Donald Trump"
    type = "person"
    not = ["Trump"]

    [no_name]
    any = ["Lockdown"]
    place = ["Oder"]

`known.toml` comes with the program; a newsroom's own file has the same form and prevails over it,
over the recogniser and over what documents declare.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

from indexer.errors import AliasesUnreadable
from indexer.resolution.cache import cached_by_name
from indexer.resolution.lists import listed_names
from search.article import ENTITY_TYPES
from search.german import folding
from search.german.function_words import is_function_word, stands_in_sentences


class Canonical(NamedTuple):
    """The name that stands for an entity, and its type, one of ENTITY_TYPES."""

    name: str
    type: str


@dataclass(frozen=True, slots=True)
class Aliases:
    """The names that a newsroom fixed: as written -> canonical.

    `no_names` are types and spellings (spelling_key) of what is no name, `apart` spellings and names that they do not
    stand for.
    """

    names: Mapping[str, Canonical]
    no_names: AbstractSet[tuple[str, str]] = frozenset()
    apart: AbstractSet[tuple[str, Canonical]] = frozenset()

    def refuses(self, name: Canonical) -> bool:
        """Whether somebody said that this is no name."""
        return bool(self.no_names) and (name.type, spelling_key(name.name)) in self.no_names

    def keeps_apart(self, written: str, name: Canonical) -> bool:
        """Whether somebody said that a name written so does not stand for this one."""
        return bool(self.apart) and (spelling_key(written), name) in self.apart

    def find(self, name: str) -> Canonical | None:
        """The entity that is written so, None if nobody said."""
        return self.names.get(name) or known_names().get(spelling_key(name))


NO_ALIASES = Aliases({})

_KEYS = ("name", "type", "variants", "not")  # of a table [[name]]
# Lines that were copied one after the other have the head of this table again, which TOML allows for lists alone.
_NO_NAME = re.compile(r"^[ \t]*\[[ \t]*no_name[ \t]*\](?!\])", re.MULTILINE)


def read_aliases(path: Path) -> Aliases:
    """The aliases in a file. Raises AliasesUnreadable, which says what is wrong and where."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise AliasesUnreadable(path, f"it cannot be read: {error}") from error
    document = _document(text, path)
    aliases = Aliases(_one_each(document, path), _no_names(document, path), _apart(document, path))
    for written, canonical in aliases.names.items():
        if aliases.refuses(canonical) or aliases.refuses(canonical._replace(name=written)):
            kind = "an organisation" if canonical.type == "organisation" else f"a {canonical.type}"
            raise AliasesUnreadable(path, f"{written!r} is {kind} by [[name]], but none by [no_name]")
        if aliases.keeps_apart(written, canonical):
            raise AliasesUnreadable(
                path,
                f"{written!r} stands for {canonical.name!r}, but does not by its `not`; take it out of one of them",
            )
    return aliases


def _one_each(document: Mapping[str, Any], path: Path) -> dict[str, Canonical]:
    """What each spelling stands for, which can be one name only."""
    found: dict[str, Canonical] = {}
    for written, canonical in _entries(_parse(document, path)):
        if (other := found.setdefault(written, canonical)) != canonical:
            raise AliasesUnreadable(
                path, f"{written!r} stands for the {other.type} {other.name!r} and for the {canonical.type} "
                f"{canonical.name!r}; take it out of one of them"
            )  # fmt: skip
    return found


def _document(text: str, path: Path) -> dict[str, Any]:
    try:
        document = tomllib.loads(_NO_NAME.sub("[[no_name]]", text))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise AliasesUnreadable(path, f"it is no TOML: {error}") from error
    if unknown := document.keys() - {"name", "plain", "no_name"}:
        raise AliasesUnreadable(path, f"{min(unknown)!r} is no table that it can have: [[name]], [plain], [no_name]")
    return document


def _parse(document: Mapping[str, Any], path: Path) -> list[tuple[Canonical, tuple[str, ...]]]:
    """The entries of a file: each name with its variants."""
    tables, plain = document.get("name", []), document.get("plain", {})
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise AliasesUnreadable(path, "each name needs a table of its own, which begins with [[name]]")
    if not isinstance(plain, dict) or not all(isinstance(names, list) for names in plain.values()):
        raise AliasesUnreadable(path, "[plain] needs a list of names for each type")
    tables = tables + [{"name": name, "type": type} for type, names in plain.items() for name in names]
    return [_entry(number, table, path) for number, table in enumerate(tables, 1)]


def _entry(number: int, table: Mapping[str, Any], path: Path) -> tuple[Canonical, tuple[str, ...]]:
    """One table, checked."""
    name, type, variants = table.get("name"), table.get("type"), table.get("variants", [])
    if unknown := table.keys() - set(_KEYS):
        of = f" of {name!r}" if isinstance(name, str) else ""
        raise AliasesUnreadable(
            path, f"[[name]] number {number}{of} has {min(unknown)!r}, but can have {', '.join(_KEYS)}"
        )
    if not isinstance(name, str) or not name.strip():
        raise AliasesUnreadable(path, f"name {number} says no `name`")
    if type not in ENTITY_TYPES:
        raise AliasesUnreadable(path, f"the `type` of {name!r} must be one of {', '.join(ENTITY_TYPES)}")
    for key in ("variants", "not"):
        if not _are_names(table.get(key, [])):
            raise AliasesUnreadable(path, f"the `{key}` of {name!r} must be a list of names in quotes")
    # What begins sentences may be a name by itself, the river *Oder*, but a variant would name each article.
    common = [*filter(stands_in_sentences, variants), *filter(is_function_word, [name] if name.islower() else [])]
    if common:
        raise AliasesUnreadable(path, f"{common[0]!r}, a variant of {name!r}, stands in nearly all texts; take it out")
    return Canonical(" ".join(name.split()), type), tuple(" ".join(variant.split()) for variant in variants)


def _are_names(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(name, str) and name.strip() for name in value)


def _apart(document: Mapping[str, Any], path: Path) -> frozenset[tuple[str, Canonical]]:
    """The spellings in `not`, with the names that they do not stand for; the tables are checked."""
    tables = document.get("name", [])
    named = [(table, _entry(number, table, path)[0]) for number, table in enumerate(tables, 1)]
    return frozenset((spelling_key(written), name) for table, name in named for written in table.get("not", []))


def _no_names(document: Mapping[str, Any], path: Path) -> frozenset[tuple[str, str]]:
    """The types and spellings of what is no name."""
    tables = document.get("no_name", [])
    tables = tables if isinstance(tables, list) else [tables]
    kinds = {"any", *ENTITY_TYPES}
    if not all(isinstance(lists, dict) and lists.keys() <= kinds and all(map(_are_names, lists.values()))
               for lists in tables):  # fmt: skip
        types = ", ".join(("any", *ENTITY_TYPES))
        raise AliasesUnreadable(path, f"[no_name] needs lists of names in quotes, by their type: {types}")
    return frozenset(
        (type, spelling_key(name))
        for lists in tables
        for kind, names in lists.items()
        for type in (ENTITY_TYPES if kind == "any" else (kind,))
        for name in names
    )


def _entries(entries: Iterable[tuple[Canonical, tuple[str, ...]]]) -> Iterable[tuple[str, Canonical]]:
    for canonical, variants in entries:
        yield from ((written, canonical) for written in (*variants, canonical.name))


@cache
def known_names() -> Mapping[str, Canonical]:
    """The names that come with the program and the countries of the Unicode CLDR, by their spelling."""
    path = Path(str(files("indexer.resolution").joinpath("known.toml")))
    listed = _parse(_document(path.read_text(encoding="utf-8"), path), path)
    countries = [(Canonical(name, "place"), ()) for name in listed_names("countries.txt")]
    return {spelling_key(written): canonical for written, canonical in _entries([*countries, *listed])}


spelling_key = cached_by_name(folding.spelling_key)
