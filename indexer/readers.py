"""What is in this document? Its format reads it, its members by theirs; what goes wrong is a line of the report."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from typing import BinaryIO

from indexer.addresses import address_id, plain_address
from indexer.document import Document
from indexer.errors import ORDINARY_LENGTH, DocumentError, OutOfMemory, problem_of
from indexer.formats.members import Member
from indexer.formats.recognition import format_of, kind_of
from indexer.formats.table import BY_NAME, KNOWN_SUFFIXES, RECORDS, Format
from indexer.items import Item, PassedOver
from indexer.problem_limits import refuse_what_is_bad, with_bounded_problems
from indexer.streams import head_of, open_document, unpacked
from search.article import Article

_DEEPEST = 3  # files that are packed into each other


def read_document(
    document: Document, stdin: BinaryIO | None = None, count: Callable[[int], None] = lambda _number: None
) -> Iterator[Item]:
    """What a document and its members hold: articles, what they withdraw, and a problem for what cannot become one.

    Raises nothing for what a document holds or for a file that cannot be read: the problem then names
    it. Raises OutOfMemory if there is none for a document of ordinary length. Articles read before a
    file breaks off are kept. `stdin` is read for the document "-"; `count` is called with the number of
    bytes whenever some were read from disk.
    """
    try:
        with (
            open_document(document, stdin, count) as stream,
            closing(_items(Member(document, stream))) as items,
        ):
            yield from checked(document, items)
    except MemoryError as error:
        if document.path and document.size < ORDINARY_LENGTH:
            raise OutOfMemory(document.name) from None
        yield problem_of(error, document.name)
    except Exception as error:  # the report names it; thousands of other documents wait to be read
        yield problem_of(error, document.name)


def checked(document: Document, items: Iterable[Item]) -> Iterator[Item]:
    """The items of a whole document, with bounded problems. Raises DocumentError if there are none."""
    nothing = True
    for item in with_bounded_problems(document.name, items):
        nothing = False
        yield item
    if nothing:
        raise DocumentError(document.name, "holds nothing to read; remove it, or restore what it held")


@dataclass(frozen=True, slots=True)
class Leaf:
    """A document that holds articles itself, and its format."""

    member: Member
    format: Format

    def read(self) -> Iterator[Item]:
        """What it holds; whatever goes wrong is a problem, but for MemoryError."""
        document, read = self.member.document, self.format.read
        assert read is not None  # or it were no leaf
        try:
            for item in refuse_what_is_bad(document.name, read(document, self.member.stream)):
                yield _completed(item, self.member) if isinstance(item, Article) else item
        except MemoryError:
            raise
        except Exception as error:  # as above
            if self.member.optional and isinstance(error, DocumentError):
                yield PassedOver(document.name, "page without an article")
            else:
                yield problem_of(error, document.name)


def leaves(member: Member, depth: int = _DEEPEST) -> Iterator[Leaf | Item]:
    """The documents in a document, itself if it holds no others; problems, and what is passed over, between them."""
    document = member.document
    try:
        if document.home:
            member = replace(member, stream=unpacked(document, member.stream))
        format = _format(member)
        if isinstance(format, PassedOver):
            yield format
        elif format.open is None:
            yield Leaf(member, format)
        elif depth == 0:
            raise DocumentError(document.name, f"lies in more than {_DEEPEST - 1} packed files; unpack them")
        else:
            for inner in format.open(document, member.stream):
                if isinstance(inner, Member):
                    yield from leaves(inner, depth - 1)
                else:
                    yield inner
    except MemoryError:
        raise
    except Exception as error:  # as above
        yield problem_of(error, document.name)


def _items(member: Member) -> Generator[Item, None, None]:
    for leaf in leaves(member):
        if isinstance(leaf, Leaf):
            yield from leaf.read()
        else:
            yield leaf


def _format(member: Member) -> Format | PassedOver:
    """The format to read a document by; raises DocumentError if it was named and is of none."""
    document = member.document
    if document.is_stdin:
        return RECORDS
    format = BY_NAME.get(member.format) or format_of(document.relative_path, head_of(member.stream))
    if format is None and document.home:
        return PassedOver(document.name, kind_of(document.relative_path))
    if format is None:
        raise DocumentError(document.name, f"is of no known format; known are {KNOWN_SUFFIXES}")
    if not format.is_installed:
        return PassedOver(document.name, kind_of(document.relative_path), format.extra)
    return format


def _completed(article: Article, member: Member) -> Article:
    """An article with what the file that holds its document knows of it, where it does not say so itself.

    Its address is the plain one. It stands for the article if nothing else does.
    """
    url, date, source = article.url or member.url, article.date or member.date, article.source or member.source
    if not url:
        known = date is article.date and source is article.source
        return article if known else replace(article, date=date, source=source)
    plain = plain_address(url)
    is_id = article.id in (url, member.document.relative_path)
    return replace(article, id=address_id(plain) if is_id else article.id, url=plain, date=date, source=source)
