"""How an article becomes an entry, and back.

What is stored are the names as found and what is listed in place of them; columns and keywords have those listed.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from itertools import chain
from typing import Any

from search import schema
from search.article import ENTITY_TYPES, Article, Entities, EntityName, Mention, Renamings
from search.dates import NewsDate
from search.engines.base import UNDATED, Entry
from search.errors import IndexDamaged
from search.families.traits import Traits, key_of, moment_of
from search.german.analysis import analyse, analyse_names
from search.german.layers import layers
from search.page import DATE_UNITS
from search.query.terms import day_number
from search.schema import GAP, column
from search.store.evidence import evidence
from search.store.listing import NO_RENAMINGS, applying, listed

_BEFORE_ID = '{"id": '  # of what is stored


def to_entry(article: Article, fingerprint: str, renamings: Renamings = NO_RENAMINGS) -> Entry:
    """The article made ready for an engine: terms of each column, keywords, days, stored values.

    The article has its names as found; `renamings` say which others are listed in place of some. `fingerprint` is what
    tells later whether the article has changed. Raises ValueError for text that no file can hold.
    """
    return to_entries([(article, fingerprint, renamings)])[0]


def to_entries(parts: Sequence[tuple[Article, str, Renamings]]) -> list[Entry]:
    """The same of several articles, whose sketches cost less in one go than each after the analysis of another."""
    from search.families.shingles import sketches  # NumPy: who only reads articles need not wait for it

    every = sketches(article.body for article, _, _ in parts)
    return [_entry(*part, sketch) for part, sketch in zip(parts, every, strict=True)]


def _entry(article: Article, fingerprint: str, renamings: Renamings, sketch: tuple[int, ...]) -> Entry:
    renamings = applying(article, renamings)
    stored = _store(article, fingerprint, renamings)
    try:
        stored.encode()
    except UnicodeEncodeError as error:
        raise ValueError(
            f"The article {article.id!r} contains half of a character (a lone surrogate, "
            f"{stored[error.start]!a}); replace it before putting the article"
        ) from error
    shown = listed(article, renamings)
    return Entry(
        id=article.id,
        columns=dict(_columns(shown, _written_otherwise(article, renamings))),
        keywords=_keywords(shown) | evidence(article, renamings),
        first=day_number(article.date.first) if article.date else UNDATED,
        last=day_number(article.date.last) if article.date else UNDATED,
        stored=stored,
        fingerprint=fingerprint,
        sketch=sketch,
        moment=moment_of(article.date),
    )


def traits_of(entry: Entry) -> Traits:
    """What its copies are found by."""
    return _traits(entry.fingerprint, entry.moment, entry.sketch)


def stored_traits(stored: str) -> Traits:
    """The same of what was stored with an entry, which is not analysed for it. Raises IndexDamaged."""
    from search.families.shingles import sketch

    with _as_written():
        kept = json.loads(stored)
        article, fingerprint = _article(kept, mentions=False), str(kept["fingerprint"])
    return _traits(fingerprint, moment_of(article.date), sketch(article.body))


def _traits(fingerprint: str, moment: int, sketch: Sequence[int]) -> Traits:
    return Traits(moment, sketch, key_of(f"{fingerprint} {moment}"))


def _written_otherwise(article: Article, renamings: Renamings) -> Entities:
    """The names that an article has and that others are listed in place of: a query for a field finds these, too."""
    renamed = [name for name in article.entities.all() if renamings.get(name)]
    return Entities(**{type: tuple(name.name for name in renamed if name.type == type) for type in ENTITY_TYPES})


def _columns(article: Article, written_otherwise: Entities) -> Iterable[tuple[str, str]]:
    for name, text in (("title", article.title), ("body", article.body)):
        yield from _text_columns(name, text, _inner_terms_of_persons(article, name))
    every_name = tuple(name for type in ENTITY_TYPES for name in article.entities.of(type))
    yield from _name_columns("entities", every_name)
    for type in ENTITY_TYPES:
        yield from _name_columns(type, (*article.entities.of(type), *written_otherwise.of(type)))
    for name, value in (("source", article.source), ("section", article.section)):
        yield from _name_columns(name, (value,) if value else ())
    yield from _name_columns("author", article.authors)


def _text_columns(name: str, text: str, unsplit: Counter[str]) -> Iterable[tuple[str, str]]:
    """The columns of a text; `unsplit` are terms that its part layer is to have so many times less."""
    exact, form, part = layers(text)
    if unsplit:
        part = " ".join((Counter(part.split()) - unsplit).elements())
    yield column(name, "exact"), exact
    yield column(name, "form"), form
    yield column(name, "part"), part
    if name == "body":
        yield column("lead", "form"), " ".join(form.split(" ", schema.LEAD_WORDS)[: schema.LEAD_WORDS])


def _inner_terms_of_persons(article: Article, field: str) -> Counter[str]:
    """What the persons named in a field would be found by if their names were compounds: Brinkhaus is no Haus."""
    text = article.title if field == "title" else article.body
    mentions = (text[one.start : one.end] for one in article.mentions if one.field == field and one.type == "person")
    return Counter(chain.from_iterable(map(_inner_terms, mentions)))


@lru_cache(maxsize=20_000)
def _inner_terms(name: str) -> tuple[str, ...]:
    """The terms of the parts that lie inside of a word of a name, not those that stand for whole words."""
    tokens, parts = analyse(name)
    lengths = {place: token.end - token.start for token in tokens for place in range(token.start, token.end)}
    return tuple(part.term for part in parts if part.end - part.start < lengths[part.start])


def _name_columns(name: str, values: tuple[str, ...]) -> Iterable[tuple[str, str]]:
    found = [terms for value in values if any(terms := _name_terms(value))]
    for layer, terms in zip(schema.NAMES, zip(*found, strict=True), strict=False):
        yield column(name, layer), f" {GAP} ".join(terms)


@lru_cache(maxsize=20_000)
def _name_terms(value: str) -> tuple[str, ...]:
    """The terms of a name in each of the layers of names, joined by spaces."""
    words = [token.word for token in analyse_names(value).tokens]
    return tuple(" ".join([getattr(word, layer) for word in words]) for layer in schema.NAMES)


def _keywords(article: Article) -> dict[str, tuple[str, ...]]:
    single = {
        "source": article.source,
        "section": article.section,
        **dict(zip(DATE_UNITS, _calendar(article.date), strict=True)),
        "document": article.document,
    }
    several = {type: article.entities.of(type) for type in ENTITY_TYPES} | {"author": article.authors}
    return {**several, **{name: (value,) if value else () for name, value in single.items()}}


def _calendar(date: NewsDate | None) -> tuple[str | None, str | None, str | None]:
    """The year, the month and the day of a date, as far as they are known."""
    text = date.text if date else ""
    return text[:4] or None, text[:7] if len(text) >= 7 else None, text if len(text) == 10 else None


def _store(article: Article, fingerprint: str, renamings: Renamings) -> str:
    kept = article.as_json() | {
        "document": article.document,
        "fingerprint": fingerprint,
        "mentions": _packed(article.mentions, article.entities),
        "declared": article.declared and article.declared.as_json(),
        "renamed": [[*found, *(name or ())] for found, name in renamings.items()],
    }
    return json.dumps(kept, ensure_ascii=False)


def _packed(mentions: Iterable[Mention], entities: Entities) -> list[list[int]]:
    """Mentions as numbers: an article may have hundreds, and each is read with every hit."""
    names = ((type, place, name) for type in ENTITY_TYPES for place, name in enumerate(entities.of(type)))
    numbers = {(type, name): (ENTITY_TYPES.index(type), place) for type, place, name in names}
    return [[int(one.field == "body"), one.start, one.end, *numbers[one.type, one.name]] for one in mentions]


def _mention(packed: list[int], entities: Entities) -> Mention:
    body, start, end, type, number = packed
    kind = ENTITY_TYPES[type]
    return Mention("body" if body else "title", start, end, kind, entities.of(kind)[number])


def to_article(stored: str, mentions: bool = True) -> Article:
    """The article that was stored with an entry, as readers see it; its mentions, maybe hundreds, only if asked for.

    Raises IndexDamaged if what was stored is not what was written.
    """
    with _as_written():
        kept = json.loads(stored)
        return listed(_article(kept, mentions), _renamings(kept))


def with_id(stored: str, id: str) -> str:
    """The same article with another id, without reading the rest of it. Raises IndexDamaged."""
    with _as_written():
        if not stored.startswith(_BEFORE_ID):
            raise ValueError("it does not begin with the id")
        _, end = json.JSONDecoder().raw_decode(stored, len(_BEFORE_ID))
        return f"{_BEFORE_ID}{json.dumps(id, ensure_ascii=False)}{stored[end:]}"


def to_found(stored: str) -> Article:
    """The same article with its names as found in it alone. Raises IndexDamaged."""
    with _as_written():
        return _article(json.loads(stored), mentions=True)


def entry_again(stored: str) -> Entry:
    """The entry that was stored as this. Raises IndexDamaged."""
    with _as_written():
        kept = json.loads(stored)
        article, fingerprint, renamings = _article(kept, mentions=True), str(kept["fingerprint"]), _renamings(kept)
    return to_entry(article, fingerprint, renamings)


def _renamings(kept: dict[str, Any]) -> Renamings:
    return {EntityName(*row[:2]): EntityName(*row[2:]) if row[2:] else None for row in kept["renamed"]}


def _article(kept: dict[str, Any], mentions: bool) -> Article:
    entities = _entities(kept["entities"])
    return Article(
        id=kept["id"],
        body=kept["body"],
        title=kept["title"],
        date=NewsDate(kept["date"], kept["instant"]) if kept["date"] else None,
        source=kept["source"],
        section=kept["section"],
        url=kept["url"],
        authors=tuple(kept["authors"]),
        entities=entities,
        mentions=tuple(_mention(packed, entities) for packed in (kept["mentions"] if mentions else ())),
        document=kept["document"],
        declared=_entities(kept["declared"]) if kept["declared"] else None,
    )


def _entities(kept: dict[str, list[str]]) -> Entities:
    return Entities(**{type: tuple(names) for type, names in kept.items()})


def stored_fingerprint(stored: str) -> str:
    """The fingerprint of the article that was stored with an entry. Raises IndexDamaged as `to_article` does."""
    with _as_written():
        return str(json.loads(stored)["fingerprint"])


@contextmanager
def _as_written() -> Iterator[None]:
    """Whatever fails inside is told as damage: an engine gives back what is in its files, which it may not check."""
    try:
        yield
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise IndexDamaged(
            f"An article in the index is damaged ({type(error).__name__}). Which files are is told by: nachlese check. "
            "Build the index anew with: nachlese index SOURCE --rebuild"
        ) from error
