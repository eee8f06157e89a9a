"""What does a run do? It looks for what is new, notes it, and sends what was not sent yet."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from search import Article
from search.archive import Archive
from search.errors import ArticleNotFound, IndexMissing
from search.files import replace_file
from search.store.places import place_of
from web import create_app
from web.addresses import absolute, export_address, search_address
from web.alerts.channels import NotDelivered, NotReached, append_lines, post, send_mail
from web.alerts.news import news
from web.alerts.outbox import Message, Outbox, OutboxUnusable, open_outbox
from web.alerts.waiting import Waiting
from web.files.feeds import Feed, atom_feed
from web.saved_search import SavedSearch, Searches, SearchesUnreadable, read_searches
from web.shared_archive import archive

FEED_LENGTH = 100  # stories of a feed
LOOK = 2.0  # seconds between two looks whether there was a commit
MOST_SILENT = 2  # messages for a server that does not answer; the others for it wait for the next run
AGAIN = 60.0  # seconds until what could not be sent is sent again


@dataclass(frozen=True, slots=True)
class Watched:
    """What a run did: new stories by search, messages sent, and what could not be sent, with the reason.

    `is_first` if it only noted what there is.
    """

    new: dict[str, int]
    sent: int
    failures: tuple[str, ...]
    is_first: bool = False

    def as_json(self) -> dict[str, Any]:
        """What `--json` prints."""
        return {"first": self.is_first, "new": self.new, "sent": self.sent, "failures": list(self.failures)}


class Watcher:
    """Watches an index for the searches in a file; links in what is sent begin with `base`.

    `state` is the file of the outbox. The searches are read for each run, so that they can be changed meanwhile.
    """

    def __init__(self, address: str | Path, base: str, searches: Path, state: Path) -> None:
        self._app = create_app(address, base)
        self._place = place_of(address)
        self._base, self._searches, self._state = base, searches, state
        self._waiting = Waiting()

    def run(self) -> Watched:
        """Find and send what is new. Raises SearchesUnreadable, OutboxUnusable, and what opening an archive raises."""
        return self._run(self._read_searches())

    def _read_searches(self) -> Searches:
        return read_searches(self._searches, self._state)

    def _run(self, searches: Searches) -> Watched:
        with open_outbox(self._state) as outbox, self._app.test_request_context(base_url=self._base):
            is_first, new = _note_news(archive(), searches, outbox)
            sent, failures = _send(searches, outbox, self._waiting)
        return Watched(new, sent, failures, is_first)

    def runs(self, warn: Callable[[str], None]) -> Iterator[Watched]:
        """A run now, and after each commit; what could not be sent is tried again after a while.

        An index that is not there yet is waited for, with a warning. While the file of searches cannot be used, as
        somebody writes it, the searches are as they were last, with a warning; at first SearchesUnreadable is raised.
        """
        searches, seen, tried, waits = self._read_searches(), None, 0.0, False
        failures: tuple[str, ...] = ()
        while True:
            try:
                stamp = self._place.stamp()
                if stamp != seen or (failures and time.monotonic() - tried >= AGAIN):
                    searches = self._read_again(searches, warn)
                    watched = self._run(searches)
                    seen, tried, failures = stamp, time.monotonic(), watched.failures
                    yield watched
            except IndexMissing as error:
                if not waits:
                    warn(f"{error}\nUntil then this waits for it.")
                waits = True
            time.sleep(LOOK)

    def _read_again(self, last: Searches, warn: Callable[[str], None]) -> Searches:
        """The searches as they are now, or those of the last time with a warning."""
        try:
            return self._read_searches()
        except SearchesUnreadable as error:
            warn(f"{error}\nUntil that is mended, the searches are as they were before.")
            return last


def _note_news(opened: Archive, searches: Searches, outbox: Outbox) -> tuple[bool, dict[str, int]]:
    """Note what is new to each search; in the first run, nothing is."""
    known = outbox.known()
    arrived = opened.arrivals(known or b"")
    if known is not None and not arrived.ids:
        return False, {}
    if known and arrived.is_another_archive:
        raise OutboxUnusable(
            f"{outbox.path} is of another archive: none of the articles it knows is in this one. Give another --state "
            "for this archive; or move the file away to begin anew, if the archive was built with other ids."
        )
    found = {
        search: news(opened, search.request, arrived.ids, arrived.was_known, partial(outbox.was_sent, search.name))
        for search in (searches.searches if known is not None else ())
    }
    outbox.add(arrived.known, found)
    return known is None, {search.name: len(stories) for search, stories in found.items() if stories}


def _send(searches: Searches, outbox: Outbox, waiting: Waiting) -> tuple[int, tuple[str, ...]]:
    by_name = {search.name: search for search in searches.searches}
    sent, failures = 0, []
    silent, left = Counter[str](), Counter[str]()  # by server
    for message, channel in outbox.open_deliveries():
        search = by_name.get(message.search)
        if search and channel in search.channels:  # else nobody watches it any more
            server = _server(searches, search, channel)
            if silent[server] >= MOST_SILENT:
                left[server] += 1
                continue
            try:
                if server:
                    waiting.send(server, partial(_send_away, searches, search, channel, message))
                else:
                    _write(search, channel, message, outbox)
            except NotDelivered as failure:
                failures.append(f"{message.search}: {failure}")
                silent[server] += isinstance(failure, NotReached)
                continue
            sent += 1
        outbox.note_sent(message, channel)
    failures += [f"{number:,} more for {server}, which does not answer" for server, number in left.items()]
    return sent, tuple(failures)


def _server(searches: Searches, search: SavedSearch, channel: str) -> str:
    """Which server a message goes to, "" if to none."""
    if channel == "webhook":
        return search.webhook_server
    return searches.mail.host if channel == "mail" and searches.mail else ""


def _write(search: SavedSearch, channel: str, message: Message, outbox: Outbox) -> None:
    if channel == "atom" and search.atom:
        write_feed(search.atom, search, outbox.last_ids(search.name, FEED_LENGTH))
    elif channel == "jsonl" and search.jsonl:
        append_lines(search.jsonl, message)


def _send_away(searches: Searches, search: SavedSearch, channel: str, message: Message) -> None:
    if channel == "mail" and searches.mail:
        send_mail(searches.mail, search, message)
    elif channel == "webhook":
        post(search, message)


def write_feed(path: Path, search: SavedSearch, ids: list[str]) -> None:
    """Replace a feed by one of these articles, as far as they still answer. Raises NotDelivered."""
    address = absolute(export_address("atom", search.pairs))
    feed = Feed(
        title=f"Nachlese: {search.name}",
        address=address,
        self_address=address,
        next_address=None,
        results_address=absolute(search_address(search.pairs)),
        description_address=absolute("/opensearch.xml"),
        updated=archive().status().committed,
        total=len(ids),
        start_index=1,
    )
    hits = {hit.id: hit for hit in archive().answering(search.request, ids)}
    entries = [(hits[id], article) for id, article in _articles(ids) if id in hits]
    try:
        replace_file(path, atom_feed(feed, entries))
    except OSError as error:
        raise NotDelivered(f"{path} cannot be written: {error.strerror}") from error


def _articles(ids: list[str]) -> Iterator[tuple[str, Article]]:
    for id in ids:
        try:
            yield id, archive().article(id)
        except ArticleNotFound:
            continue
