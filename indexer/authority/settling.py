"""Which articles are listed under other names than the archive says? They are put again, without reading their texts.

What an index lists in place of which name stands in the index itself (search/store/evidence.py). So nothing has to be
remembered from run to run, and a run that was killed leaves nothing that the next one would not see.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from indexer.authority.evidence import archive_evidence
from indexer.authority.rules import authorised
from indexer.resolution.aliases import Aliases
from search.article import Renamings
from search.query.terms import AndNot, Keyword, Terms, any_of
from search.store.entry import entry_again
from search.store.evidence import name_value, renaming_value
from search.store.writing import ArchiveWriter

ASKED_TOGETHER = 50  # lines of which the articles are looked for at once


def settle(writer: ArchiveWriter, aliases: Aliases) -> set[str]:
    """List all committed articles under the names that the archive gives; the ids of those that changed."""
    renamings = authorised(archive_evidence(writer, aliases))
    put: set[str] = set()
    changed = iter(_changed(writer, renamings))
    while several := list(islice(changed, ASKED_TOGETHER)):
        for match in writer.matches(any_of(several)):
            if match.id not in put:
                writer.put_entry(entry_again(match.stored, renamings))
                writer.checkpoint_if_due()
                put.add(match.id)
    writer.checkpoint()
    return put


def _changed(writer: ArchiveWriter, renamings: Renamings) -> Iterator[Terms]:
    """What finds the articles that are listed otherwise, one query for each name that is."""
    found, in_effect = writer.values("found"), writer.values("renamed")
    wanted = {renaming_value(name, listed): name_value(name) for name, listed in renamings.items()}
    for value, name in wanted.items():
        if in_effect.get(value, 0) != found[name]:
            yield AndNot(Keyword("found", name), Keyword("renamed", value))
    for value in sorted(in_effect.keys() - wanted.keys()):
        yield Keyword("renamed", value)
