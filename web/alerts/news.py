"""What is new to a search? Articles that were not known, of each family the earliest, unless an older one answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from search import Hit, Request
from search.archive import Archive
from web.addresses import permalink

Story = dict[str, Any]  # an article as it is sent


def news(
    archive: Archive,
    request: Request,
    new: Sequence[str],
    was_known: Callable[[str], bool],
    was_sent: Callable[[str], bool],
) -> tuple[Story, ...]:
    """The new stories of a search, the earliest first.

    `was_known` says of an article whether it was known before, `was_sent` whether this search has had it. One that is
    neither new nor known has come meanwhile: it is new to the next run.
    """
    return tuple(
        map(_story, _first_of_families(archive, request, archive.answering(request, new), was_known, was_sent))
    )


def _first_of_families(
    archive: Archive,
    request: Request,
    hits: Sequence[Hit],
    was_known: Callable[[str], bool],
    was_sent: Callable[[str], bool],
) -> Iterator[Hit]:
    seen: set[str] = set()
    for hit in hits:
        family = archive.family(hit.id)
        members = [member.id for member in family.articles] if family else [hit.id]
        if not seen.isdisjoint(members) or any(map(was_sent, members)):
            continue
        seen.update(members, [hit.id])
        if not archive.answering(request, [id for id in members if was_known(id)]):
            yield hit


def _story(hit: Hit) -> Story:
    return {
        "id": hit.id,
        "headline": hit.headline,
        "source": hit.source,
        "date": hit.date,
        "address": permalink(hit.id),
        "snippet": hit.snippet.text,
    }
