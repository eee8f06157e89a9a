"""Under which names do readers see an article? Those found in it, as the whole archive calls them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from search.article import ENTITY_TYPES, Article, Entities, EntityName, Mention, Renamings

NO_RENAMINGS: Renamings = {}


def applying(article: Article, renamings: Renamings) -> Renamings:
    """The renamings that concern the names found in an article."""
    return {name: renamings[name] for name in article.entities.all() if name in renamings}


def listed(article: Article, renamings: Renamings) -> Article:
    """An article as found, with the names that are listed: each once, where the first that stands for it was."""
    if not renamings:
        return article
    names = list(dict.fromkeys(renamings.get(name, name) for name in article.entities.all()))
    entities = Entities(*(tuple(one.name for one in names if one and one.type == type) for type in ENTITY_TYPES))
    return replace(article, entities=entities, mentions=tuple(_listed_mentions(article.mentions, renamings)))


def _listed_mentions(mentions: Iterable[Mention], renamings: Renamings) -> Iterable[Mention]:
    for mention in mentions:
        found = EntityName(mention.type, mention.name)
        name = renamings.get(found, found)
        if name:
            yield replace(mention, type=name.type, name=name.name)
