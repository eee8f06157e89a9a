"""What if the newsroom changes its aliases? Only articles that write a changed name are resolved again.

An index keeps the aliases that its articles were resolved with. They are kept before anything is put, with the changed
spellings as open: a run that is killed leaves them open, and the next one has these articles resolved again.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import Any

from indexer.authority.settling import together
from indexer.errors import Problem
from indexer.resolution.aliases import NO_ALIASES, Aliases, Canonical, spelling_key
from indexer.workers import Fingerprinted, make_entries, want_worthwhile
from search.article import ENTITY_TYPES, Article, EntityName
from search.german.analysis import analyse
from search.query.terms import Keyword, Phrase, Term, Terms
from search.schema import column
from search.store.aliases import KEPT, KeptAliases
from search.store.entry import stored_fingerprint, to_found
from search.store.evidence import name_value
from search.store.writing import ArchiveWriter
from search.worker_pool import WorkerPool


class AliasesInEffect:
    """The aliases of an index, as they were and as they shall be.

    They `differ` if these are others, or if a run that applied them was killed.
    """

    def __init__(self, writer: ArchiveWriter, aliases: Aliases) -> None:
        self._writer = writer
        self.aliases = aliases
        kept = json.loads(writer.kept(KEPT) or json.dumps(_kept(NO_ALIASES)))
        before = {written: Canonical(*canonical) for written, canonical in kept["names"].items()}
        now = aliases.names
        self.differ = json.dumps(kept) != json.dumps(_kept(aliases))
        differing = {written for written in before.keys() | now.keys() if before.get(written) != now.get(written)}
        differing.update(_parts_of_apart(aliases, aliases_in_effect(writer).apart))
        self._open = sorted(differing.union(kept["open"])) if writer.count() else []
        self._before: deque[Article] = deque()  # what each article that is being resolved was, in order
        self._names = {one.name for written in self._open for one in (before.get(written), now.get(written)) if one}

    def begin(self) -> None:
        """Keep the new aliases with the next commit, and which spellings are open."""
        if self.differ:
            self._keep(_kept(self.aliases, self._open, done=False))

    def resolve_again(self, workers: WorkerPool) -> set[str]:
        """Resolve the committed articles again that have an open spelling; the ids of those with other names now."""
        done: set[str] = set()
        if not self._open:
            return done
        want_worthwhile(workers, sum(self._writer.numbers(list(together(self._queries())))))
        for entry in make_entries(self._concerned(), workers, self.aliases):
            before = self._before.popleft()
            # What cannot be resolved now stays as it was.
            if not isinstance(entry, Problem) and to_found(entry.stored) != before:
                self._writer.renew_entry(entry)
                self._writer.checkpoint_if_due()
                done.add(entry.id)
        self._writer.checkpoint()
        return done

    def end(self) -> None:
        """Keep with the next commit that all articles have the new aliases, and are listed by them."""
        if self.differ:
            self._keep(_kept(self.aliases))

    def _keep(self, kept: dict[str, Any]) -> None:
        self._writer.keep(KEPT, json.dumps(kept).encode())

    def _concerned(self) -> Iterator[Fingerprinted]:
        """The articles with an open spelling, as they were read."""
        seen: set[str] = set()
        for terms in together(self._queries()):
            for match in self._writer.matches(terms):
                article = to_found(match.stored)
                if article.declared is not None and article.id not in seen:  # else its names were never looked for
                    seen.add(article.id)
                    self._before.append(article)
                    read = replace(article, entities=article.declared, mentions=(), declared=None)
                    yield read, stored_fingerprint(match.stored)

    def _queries(self) -> Iterator[Terms]:
        for written in self._open:
            yield from _in_texts(written)
            yield from _in_texts(f"{written}s")  # a genitive
        # A name may also be found in another form than it is written in.
        for name in sorted(self._names.union(self._open)):
            for type in ENTITY_TYPES:
                value = name_value(EntityName(type, name))
                yield from (Keyword(keyword, value) for keyword in ("found", "declared"))


def aliases_in_effect(writer: ArchiveWriter) -> Aliases:
    """The aliases that the articles of an index were resolved with last."""
    return from_kept(KeptAliases.read(writer.kept(KEPT)))


def from_kept(kept: KeptAliases) -> Aliases:
    """Aliases as an index keeps them."""
    return Aliases(
        {written: Canonical(name.name, name.type) for written, name in kept.called.items()},
        kept.no_names,
        frozenset((key, Canonical(name.name, name.type)) for key, name in kept.apart),
    )


def _parts_of_apart(aliases: Aliases, apart: AbstractSet[tuple[str, Canonical]]) -> Iterator[str]:
    """The spellings that are part of one that is kept apart from their name, but was not, or the other way round."""
    changed = {(word, name) for key, name in aliases.apart ^ apart if " " in key for word in key.split()}
    return (written for written, name in aliases.names.items() if (spelling_key(written), name) in changed)


def _kept(aliases: Aliases, open: Sequence[str] = (), done: bool = True) -> dict[str, Any]:
    """What an index keeps of aliases, as JSON: with open spellings, and not `done`, while a run applies them."""
    return {
        "names": {written: [*canonical] for written, canonical in sorted(aliases.names.items())},
        "no_names": sorted([*pair] for pair in aliases.no_names),
        "apart": sorted([written, *canonical] for written, canonical in aliases.apart),
        "open": [*open],
        "done": done,
    }


def _in_texts(written: str) -> Iterator[Terms]:
    """What finds the articles with a spelling in their texts."""
    words = tuple(token.word.exact for token in analyse(written).tokens)
    for field in ("title", "body"):
        name = column(field, "exact")
        if words:
            yield Term(name, words[0]) if len(words) == 1 else Phrase(name, words)
