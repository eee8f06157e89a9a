"""What does each article say of the names in it? Values of keywords, which the whole archive counts.

found      a name as it was found in the article alone, before any other article was asked
declared   a name that the document says it is about, as it writes it
renamed    a name that is listed, and the one found that it stands for; a name that is none stands for nothing
explained  an abbreviation, and the name that it stands for in the article
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from search.article import Article, EntityName, Mention, Renamings

_NEXT = "\t"  # between two names
_NONE = "-"


def evidence(article: Article, renamings: Renamings) -> dict[str, tuple[str, ...]]:
    """The values of each of schema.EVIDENCE for an article as found, and what of its names is renamed."""
    declared = article.entities if article.declared is None else article.declared
    return {
        "found": tuple(map(name_value, article.entities.all())),
        "declared": tuple(dict.fromkeys(map(name_value, declared.all()))),
        "renamed": tuple(renaming_value(name, renamed) for name, renamed in renamings.items()),
        "explained": tuple(dict.fromkeys(chain.from_iterable(_explained(article)))),
    }


def name_value(name: EntityName) -> str:
    """A name as a value of `found` and `declared`."""
    return f"{name.type} {name.name}"


def name_of(value: str) -> EntityName:
    """The name that such a value says."""
    type, _, name = value.partition(" ")
    return EntityName(type, name)


def renaming_value(found: EntityName, listed: EntityName | None) -> str:
    """What is listed in place of a name, as a value of `renamed`."""
    return f"{listed_beginning(listed)}{name_value(found)}"


def listed_beginning(listed: EntityName | None) -> str:
    """What the values of `renamed` with this name listed begin with."""
    return f"{name_value(listed) if listed else _NONE}{_NEXT}"


def renaming_of(value: str) -> tuple[EntityName, EntityName | None]:
    """The name found and the one that is listed, which such a value says."""
    listed, _, found = value.partition(_NEXT)
    return name_of(found), None if listed == _NONE else name_of(listed)


def explanation_of(value: str) -> tuple[EntityName, EntityName]:
    """The abbreviation and its name, which a value of `explained` says."""
    short, _, name = value.partition(_NEXT)
    abbreviation = name_of(short)
    return abbreviation, EntityName(abbreviation.type, name)


def _explained(article: Article) -> Iterator[list[str]]:
    for field, text in (("title", article.title), ("body", article.body)):
        mentions = (mention for mention in article.mentions if mention.field == field)
        yield [
            f"{mention.type} {short}{_NEXT}{mention.name}"
            for mention in mentions
            if _abbreviates(short := text[mention.start : mention.end], mention)
        ]


def _abbreviates(written: str, mention: Mention) -> bool:
    """Whether a mention is written as an abbreviation of its name: one word of several capitals for several words."""
    several = " " in mention.name or "-" in mention.name
    return (
        mention.type != "person"
        and several
        and " " not in written
        and sum(map(str.isupper, written)) > 1
        and (len(written) < len(mention.name))
    )
