"""What does an archive say of the names that its articles have?"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import islice

from indexer.authority.counted_names import CountedNames
from indexer.authority.names_left import Evidence
from indexer.resolution.aliases import Aliases, Canonical, known_names
from indexer.resolution.persons import canonical_person
from search.article import Article, EntityName
from search.german.tokens import normalise
from search.query.terms import Keyword, Term
from search.schema import column
from search.store.entry import to_article, to_found
from search.store.evidence import explanation_of, name_of, name_value
from search.store.writing import ArchiveWriter

# A word that is part of a name in less than this share of its articles, and stands in small letters in as many of them
# as not, is none: *Oder*, *Schön*.
NAMED_SHARE = 0.5
SMALL_SHARE = 0.5
LEAST_ARTICLES = 3  # that have such a name: fewer do no harm
MOST_WORDS = 200  # that are looked at in texts, the most frequent ones
TEXTS = 20  # in which a word is looked for, the newest that have it
ASKED_TOGETHER = 500  # words
PLACE_SHARE = 0.5  # of the articles with a place, in which it stands as one stands
_BEFORE_PLACES = re.compile(r"(?<!\w)(?:[Ii]n|[Aa]us|[Nn]ach|[Bb]ei|[Ss]tadt|Raum|Großraum)\s$")
_WORD = re.compile(r"[^\W\d_]+")


def archive_evidence(writer: ArchiveWriter, aliases: Aliases) -> Evidence:
    """What the committed articles say, and what aliases decided."""
    found = CountedNames((name_of(value), count) for value, count in _emptied(writer.values("found")))
    fixed = {EntityName(known.type, known.name) for known in (*known_names().values(), *aliases.names.values())}
    fixed.update(map(_as_listed, map(name_of, writer.values("declared"))))
    return Evidence(
        found=found,
        explained={explanation_of(value): count for value, count in writer.values("explained").items()},
        fixed=fixed,
        called=lambda name: _called(aliases, name),
        refused=lambda name: aliases.refuses(Canonical(name.name, name.type)),
        refused_as=lambda name, other: aliases.keeps_apart(name.name, Canonical(other.name, other.type)),
        is_no_name=frozenset(_common_words(writer, found, fixed)).__contains__,
    )


def _called(aliases: Aliases, name: EntityName) -> EntityName | None:
    known = aliases.names.get(name.name)
    return EntityName(known.type, known.name) if known else None


def _emptied(counts: dict[str, int]) -> Iterator[tuple[str, int]]:
    """Values with their numbers, which are gone when they were looked at: there may be millions."""
    while counts:
        yield counts.popitem()


def _as_listed(declared: EntityName) -> EntityName:
    name = " ".join(declared.name.split())
    return declared._replace(name=canonical_person(name) if declared.type == "person" else name)


def _common_words(writer: ArchiveWriter, found: CountedNames, fixed: Collection[EntityName]) -> Iterator[EntityName]:
    """The names of one word that the archive writes small as often as not."""
    body = column("body", "exact")
    candidates = [
        (name, count)
        for name, count in found.pairs()
        if count >= LEAST_ARTICLES and name.name.isalpha() and not name.name.isupper() and name not in fixed
    ]
    named = dict.fromkeys((normalise(name.name) for name, _ in candidates), 0)
    for name, count in found.pairs():
        for word in named.keys() & _WORD.findall(normalise(name.name)):
            named[word] += count
    words = (name for name, _ in sorted(candidates, key=lambda pair: (-pair[1], pair[0])))
    rare: list[EntityName] = []
    while len(rare) < MOST_WORDS and (several := list(islice(words, ASKED_TOGETHER))):
        least = {name: named[normalise(name.name)] / NAMED_SHARE for name in several}
        # The frequency is quick, but may count what was deleted; it is never too low.
        frequencies = writer.frequencies(body, [normalise(name.name) for name in several])
        several = [name for name, number in zip(several, frequencies, strict=True) if number > least[name]]
        numbers = writer.numbers([Term(body, normalise(name.name)) for name in several])
        rare += [name for name, number in zip(several, numbers, strict=True) if number > least[name]]
    for name in rare[:MOST_WORDS]:
        if _stands_small(writer, Term(body, normalise(name.name))) and not _stands_as_place(writer, name):
            yield name


def _stands_small(writer: ArchiveWriter, term: Term) -> bool:
    """Whether a word stands in small letters in as many of the newest articles with it as not."""
    small = re.compile(rf"(?<!\w){re.escape(term.text)}(?!\w)")
    texts = [to_article(match.stored, mentions=False).body for match in writer.newest(term, TEXTS)]
    return sum(small.search(text) is not None for text in texts) >= SMALL_SHARE * len(texts)


def _stands_as_place(writer: ArchiveWriter, name: EntityName) -> bool:
    """Whether a place stands as one in most of the newest articles that have it: *in Essen*, *die Stadt Siegen*."""
    if name.type != "place":
        return False
    articles = [to_found(match.stored) for match in writer.newest(Keyword("found", name_value(name)), TEXTS)]
    return sum(any(_before_places(article, name)) for article in articles) > PLACE_SHARE * len(articles)


def _before_places(article: Article, name: EntityName) -> Iterator[bool]:
    """Whether what stands before each mention of a name in the text is what stands before places."""
    for mention in article.mentions:
        if mention.field == "body" and (mention.type, mention.name) == name:
            yield _BEFORE_PLACES.search(article.body, max(0, mention.start - 20), mention.start) is not None
