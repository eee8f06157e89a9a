"""Which articles are listed under other names than the archive says? They are put again, without reading their texts.

What an index lists in place of which name stands in the index itself (search/store/evidence.py), so a run that was
killed leaves nothing that the next one would not see.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import islice

from indexer.authority.evidence import archive_evidence
from indexer.authority.rules import authorised
from indexer.errors import Problem
from indexer.resolution.aliases import Aliases
from indexer.workers import Renamed, make_renamed_entries, want_worthwhile
from search.article import Renamings
from search.query.terms import AndNot, Keyword, Terms, any_of
from search.store.entry import stored_fingerprint, to_found
from search.store.evidence import name_value, renaming_of, renaming_value
from search.store.listing import applying
from search.store.writing import SNAPSHOT_SECONDS, SNAPSHOT_SHARE, ArchiveWriter
from search.worker_pool import WorkerPool

DECIDED = "authority"  # the number of articles when names were decided, kept with the commit
ASKED_TOGETHER = 50  # queries of which the articles are looked for at once


def settle(writer: ArchiveWriter, aliases: Aliases, workers: WorkerPool, anew: bool = True) -> set[str]:
    """List all committed articles under the names that the archive gives; the ids of those that changed.

    Unless `anew`, the names are those in effect, as long as few articles have changed since they were decided.
    Raises OutOfMemory and WorkersDied.
    """
    anew = anew or _are_old(writer)
    renamings = authorised(archive_evidence(writer, aliases)) if anew else _in_effect(writer)
    put: set[str] = set()
    changed = list(together(_changed(writer, renamings)))
    want_worthwhile(workers, sum(writer.numbers(changed)))
    with closing(make_renamed_entries(_found(writer, changed, renamings), workers)) as entries:
        for entry in entries:
            if not isinstance(entry, Problem):  # else it stays as it was
                writer.renew_entry(entry)
                writer.checkpoint_if_due()
                put.add(entry.id)
    if anew:  # not before: a run that is killed has them decided again
        writer.keep(DECIDED, str(writer.count()).encode())
    if anew or put:
        writer.checkpoint()
    return put


def _are_old(writer: ArchiveWriter) -> bool:
    """Whether names must be decided again, as are snapshots: it takes about as long."""
    decided = writer.kept(DECIDED)
    if decided is None:
        return True
    changed = max(writer.changed, abs(writer.count() - int(decided)))
    return changed * SNAPSHOT_SHARE >= writer.count() or writer.kept_age(DECIDED) >= SNAPSHOT_SECONDS


def _in_effect(writer: ArchiveWriter) -> Renamings:
    """What is listed in place of which name; what most articles have, if a run was killed."""
    counted = ((count, *renaming_of(value)) for value, count in writer.values("renamed").items())
    return {name: listed for _, name, listed in sorted(counted, key=lambda one: one[0])}


def _found(writer: ArchiveWriter, queries: Iterable[Terms], renamings: Renamings) -> Iterator[Renamed]:
    """The articles that answer any of the queries, each once, as found, and what is listed in place of their names."""
    seen: set[str] = set()
    for terms in queries:
        for match in writer.matches(terms):
            if match.id not in seen:
                seen.add(match.id)
                article = to_found(match.stored)
                yield article, stored_fingerprint(match.stored), applying(article, renamings)


def together(queries: Iterable[Terms]) -> Iterator[Terms]:
    """Queries of which each finds what several of these find."""
    rest = iter(queries)
    while several := list(islice(rest, ASKED_TOGETHER)):
        yield any_of(several)


def _changed(writer: ArchiveWriter, renamings: Renamings) -> Iterator[Terms]:
    """What finds the articles that are listed otherwise, one query for each name that is."""
    found, in_effect = writer.values("found"), writer.values("renamed")
    wanted = {renaming_value(name, listed): name_value(name) for name, listed in renamings.items()}
    for value, name in wanted.items():
        if in_effect.get(value, 0) != found[name]:
            yield AndNot(Keyword("found", name), Keyword("renamed", value))
    for value in sorted(in_effect.keys() - wanted.keys()):
        yield Keyword("renamed", value)
