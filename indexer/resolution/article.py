"""Which entities does an article name, and where? From places in its texts to one name for each entity."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from indexer.resolution.aliases import Aliases, Canonical, spelling_key
from indexer.resolution.canonical_names import canonical_names
from indexer.resolution.common_words import without_common_words
from indexer.resolution.entity_types import with_one_type
from indexer.resolution.foreign_names import with_whole_names
from indexer.resolution.found_names import (
    FieldSpan,
    FoundName,
    Texts,
    free_spans,
    in_order,
    matched_names,
    repeated_names,
)
from indexer.resolution.name_matcher import NameMatcher, words_of
from indexer.resolution.namesakes import with_namesakes
from indexer.resolution.occupations import with_lone_names
from indexer.resolution.offices import with_holders_of_offices
from indexer.resolution.parties import with_party_members
from indexer.resolution.persons import canonical_person
from indexer.resolution.possessives import owners_of_the_known, without_possessed
from indexer.resolution.recognised_names import recognised_names
from indexer.resolution.selection import Resolved, select
from indexer.resolution.sure_names import sure_names
from search.article import ENTITY_TYPES, Article, Entities


def resolve(article: Article, spans: Iterable[FieldSpan], aliases: Aliases) -> Resolved:
    """The entities of an article whose names stand at `spans`, and those that it declares.

    Each name is the canonical one: of an alias, of the document, of the program's list, or the fullest
    in the article. Declared names come first and are all kept; found ones follow in the order of
    appearance, the most frequent MOST_NAMES of each type. Only mentions of names that are kept are kept.
    """
    texts = {"title": words_of(article.title), "body": words_of(article.body)}
    declared = _declared(article.entities, aliases)
    fixed = _fixed(declared, aliases)
    found = with_one_type(texts, _find_names(texts, spans, fixed, aliases))
    return select(canonical_names(texts, found, declared, fixed), declared)


def _find_names(
    texts: Texts, spans: Iterable[FieldSpan], fixed: Mapping[str, Canonical], aliases: Aliases
) -> list[FoundName]:
    """The names in the texts: first those that are fixed, then those recognised, then their repetitions, then those
    that the program is sure of."""
    matched = list(matched_names(texts, NameMatcher(fixed)))
    whole = with_whole_names(texts, with_holders_of_offices(texts, list(spans)))
    whole = with_party_members(texts, with_lone_names(texts, whole))
    spans, found = with_namesakes(texts, whole, matched, aliases)
    recognised = list(recognised_names(texts, free_spans(spans, found), aliases))
    found = in_order([*found, *without_possessed(without_common_words(texts, recognised), aliases)])
    found = in_order([*found, *repeated_names(texts, found)])
    found = in_order([*found, *sure_names(texts, found)])
    return in_order([*found, *owners_of_the_known(texts, found)])


def _fixed(declared: Entities, aliases: Aliases) -> Mapping[str, Canonical]:
    """The names that stand for one entity wherever they stand; aliases win over what the article declares."""
    return {name: Canonical(name, type) for type in ENTITY_TYPES for name in declared.of(type)} | dict(aliases.names)


def _declared(entities: Entities, aliases: Aliases) -> Entities:
    """The declared names in canonical spelling, each once."""
    listed = [_listed(type, name, aliases) for type in ENTITY_TYPES for name in entities.of(type)]
    return Entities(*(_each_once(one.name for one in listed if one.type == type) for type in ENTITY_TYPES))


def _listed(type: str, declared: str, aliases: Aliases) -> Canonical:
    """A declared name as it is listed; aliases say its name and its type, whatever the document does."""
    name = " ".join(declared.split())
    shaped = canonical_person(name) if type == "person" else name
    return aliases.names.get(name) or aliases.names.get(shaped) or Canonical(shaped, type)


def _each_once(names: Iterable[str]) -> tuple[str, ...]:
    """The names in their order, the first of each spelling."""
    first: dict[str, str] = {}
    for name in names:
        first.setdefault(spelling_key(name), name)
    return tuple(name for name in first.values() if name)
