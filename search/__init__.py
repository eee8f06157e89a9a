"""Which articles answer this request? The archive as a library.

from search import Article, Request, open_archive, write_archive

with write_archive("index") as writer:
    writer.put(Article(id="1", title="Gipfel in Alaska", body="Putin trifft Trump."))
with open_archive("index") as archive:
    page = archive.search(Request(text="Gipfel Putin"))
"""

from typing import TYPE_CHECKING, Any

from search.article import Article, Entities, Mention
from search.dates import NewsDate, parse_date
from search.page import EntityCount, Hit, Notice, Page, Request, Suggestion
from search.store.holding import Status
from search.store.writing import ArchiveWriter, write_archive

if TYPE_CHECKING:
    from search.archive import Archive, open_archive

__all__ = [
    "Archive",
    "ArchiveWriter",
    "Article",
    "Entities",
    "EntityCount",
    "Hit",
    "Mention",
    "NewsDate",
    "Notice",
    "Page",
    "Request",
    "Status",
    "Suggestion",
    "open_archive",
    "parse_date",
    "write_archive",
]


if not TYPE_CHECKING:  # who checks types sees the imports above, and what there is not

    def __getattr__(name: str) -> Any:
        """What answers queries, loaded when it is first asked for: processes that make entries have no need of it."""
        if name in ("Archive", "open_archive"):
            from search import archive

            return getattr(archive, name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

    def __dir__() -> list[str]:
        """All names, whether they are loaded or not."""
        return sorted({*globals(), *__all__})
