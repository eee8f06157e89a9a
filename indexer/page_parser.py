"""How is the markup of a page read? By Beautiful Soup, above lxml where that is installed, else above html.parser.

Both have a bound on their work. lxml is compiled, and takes time by the length of a page. html.parser has, where a tag,
comment or declaration has no end, read the rest of the page in vain and goes on behind the next `>`. A page made of
such beginnings takes time that grows with the square of its length. So what is read in vain is counted, whichever kind
of markup provokes it; and so is what the tree has to hold. Elements that nest deeper than browsers let them are put
beside each other: much of what looks at a page goes from an element up, or to its last descendant.
"""

from __future__ import annotations

import re
import warnings
from collections import Counter
from importlib.util import find_spec
from typing import Any

from bs4 import BeautifulSoup, Tag
from bs4.builder import HTMLTreeBuilder
from bs4.builder._htmlparser import BeautifulSoupHTMLParser, HTMLParserTreeBuilder
from bs4.exceptions import ParserRejectedMarkup

from indexer.errors import DocumentError
from indexer.text import whole_characters

# Every tag, comment and the like begins with the one sign, every character reference with the other. The longest pages
# of newspapers, live blogs, have some ten thousand. A tag takes a kilobyte and up to 50 µs, so that a page takes at
# most 300 MB and 10 s to parse.
_MOST_MARKUP = 200_000
_MOST_REFERENCES = 1_000_000  # a page of Cyrillic letters may be made of them; each takes 2 µs
_MOST_ATTRIBUTES = 500_000
_DEEPEST = 512  # elements in each other, as in Chromium (Blink: kMaximumHTMLParserDOMTreeDepth)
_LONG_TAG = 10_000  # characters; shorter ones cannot have many attributes
_MOST_IN_VAIN = 20_000_000  # characters, which take up to 4 s; a page that breaks off costs its length once or twice
_LONGEST_NUMBER = 7  # digits of a character's number, as in &#1114111;
_SEPARATORS = " \t\n\r\f/\"'"  # one stands before each attribute
# As far as html.parser takes a tag to go: its own expression, but possessive, so that nothing is kept to come back to.
_START_TAG = re.compile(
    r"""
    <[a-zA-Z][^\t\n\r\f />\x00]*+
    (?:[\s/]*+
      (?:(?<=['"\s/])[^\s/>][^\s/=>]*+
        (?:\s*+=++\s*(?:'[^']*+'|"[^"]*+"|(?!['"])[^>\s]*+)\s*+)?+
        (?:\s|/(?!>))*+
      )*+
    )?+
    """,
    re.VERBOSE,
)


def parse_page(name: str, text: str) -> BeautifulSoup:
    """The tree of a page. Raises DocumentError, with the name of the document, for what is no page of an article."""
    try:
        _refuse_masses(text)
        with warnings.catch_warnings():
            # Beautiful Soup warns about XHTML and about texts that look like file names: both are welcome here.
            warnings.simplefilter("ignore")
            return _Page(whole_characters(text), builder=_bounded_builder(text))
    except (ParserRejectedMarkup, AssertionError) as error:
        raise DocumentError(name, f"is not HTML that can be read ({error}); save the page again") from None
    except _TooMuchWork as error:
        raise DocumentError(name, str(error)) from None


class _Page(BeautifulSoup):
    """A page whose elements nest so deep at most: what begins deeper ends the element that it would stand in."""

    def reset(self) -> None:
        """Begins anew, as Beautiful Soup does for each encoding that it tries."""
        super().reset()
        self._ended_early: Counter[str] = Counter()  # by name: their end tags are still to come

    def handle_starttag(self, name: str, *args: Any, **options: Any) -> Tag | None:
        """Begins an element."""
        if len(self.tagStack) > _DEEPEST:
            self.endData()
            self._ended_early[self.tagStack[-1].name] += 1
            self.popTag()
        return super().handle_starttag(name, *args, **options)

    def handle_endtag(self, name: str, nsprefix: str | None = None) -> None:
        """Ends the innermost element of this name, and what is open in it."""
        if self._ended_early[name]:
            self._ended_early[name] -= 1
            return
        super().handle_endtag(name, nsprefix)
        if len(self.tagStack) < _DEEPEST:  # what was around them has ended
            self._ended_early.clear()


class _TooMuchWork(Exception):
    """A page that no browser ever made; the message says what is wrong with it."""


def has_lxml() -> bool:
    """Whether pages are read by lxml."""
    return find_spec("lxml") is not None


def _bounded_builder(text: str) -> HTMLTreeBuilder:
    """The builder of a tree with the parser that is there."""
    if not has_lxml():
        return _BoundedTreeBuilder()
    from indexer.lxml_builder import LxmlBuilder  # the standard library does without it

    attributes = _Attributes()
    _refuse_long_tags(text)
    return LxmlBuilder(attributes.count)


def _refuse_long_tags(text: str) -> None:
    """Refuse a page with too many attributes in its long tags before lxml reads them: it takes 400 bytes for each."""
    attributes = _Attributes()
    for tag in _START_TAG.finditer(text):
        if tag.end() - tag.start() > _LONG_TAG:
            attributes.count(sum(text.count(sign, tag.start(), tag.end()) for sign in _SEPARATORS))


class _Attributes:
    """How many attributes a page has had so far."""

    def __init__(self) -> None:
        self.number = 0

    def count(self, more: int) -> None:
        """Counts some more. Raises _TooMuchWork if they are too many."""
        self.refuse(more)
        self.number += more

    def refuse(self, more: int) -> None:
        """Raises _TooMuchWork if they would be too many with some more."""
        if self.number + more > _MOST_ATTRIBUTES:
            raise _TooMuchWork(f"has more than {_MOST_ATTRIBUTES:,} attributes in its tags; save the page again")


def _refuse_masses(text: str) -> None:
    for sign, most in (("<", _MOST_MARKUP), ("&", _MOST_REFERENCES)):
        if text.count(sign) > most:
            raise _TooMuchWork(f"has more than {most:,} signs {sign}, too many for the page of an article; split it")


class _BoundedParser(BeautifulSoupHTMLParser):
    """html.parser as Beautiful Soup uses it, until it has worked too much.

    The methods that look for an end return -1 where there is none.
    """

    def __init__(self, soup: BeautifulSoup, *args: Any, **options: Any) -> None:
        super().__init__(soup, *args, **options)
        self.already_closed_empty_element: Any = _Tally()
        self._in_vain = 0
        self._attributes = _Attributes()

    def check_for_whole_start_tag(self, i: int) -> int:
        if self.rawdata.find(">", i) < 0:
            return self._count_in_vain(i, -1)
        self._refuse_long_tag(i)
        return self._count_in_vain(i, super().check_for_whole_start_tag(i))

    def parse_endtag(self, i: int) -> int:
        return self._count_in_vain(i, super().parse_endtag(i))

    def parse_comment(self, i: int, report: bool = True) -> int:
        return self._count_in_vain(i, super().parse_comment(i, report))

    def parse_pi(self, i: int) -> int:
        return self._count_in_vain(i, super().parse_pi(i))

    def parse_html_declaration(self, i: int) -> int:
        return self._count_in_vain(i, super().parse_html_declaration(i))

    def handle_starttag(self, tag: str, attrs: Any, handle_empty_element: bool = True) -> None:
        self._attributes.count(len(attrs))
        super().handle_starttag(tag, attrs, handle_empty_element)

    def handle_charref(self, name: str) -> None:
        """A character by its number; Python refuses to read numbers of thousands of digits."""
        if len(name.lstrip("xX0")) > _LONGEST_NUMBER:
            self.handle_data("\N{REPLACEMENT CHARACTER}")
        else:
            super().handle_charref(name)

    def _count_in_vain(self, start: int, end: int) -> int:
        """Counts what was read in vain if there is no end; the end."""
        if end < 0:
            self._in_vain += len(self.rawdata) - start
            if self._in_vain > _MOST_IN_VAIN:
                raise _TooMuchWork("is not HTML: its tags are never closed; save the page again")
        return end

    def _refuse_long_tag(self, start: int) -> None:
        """Refuse a tag of too many attributes before html.parser looks for its end, which takes 500 bytes for each."""
        tag = _START_TAG.match(self.rawdata, start)
        if tag and tag.end() - start > _LONG_TAG:
            self._attributes.refuse(sum(self.rawdata.count(sign, start, tag.end()) for sign in _SEPARATORS))


class _Tally(Counter[str]):
    """What Beautiful Soup keeps in a list and looks through at each end tag: empty elements that were closed."""

    def append(self, tag: str) -> None:
        """Adds a tag."""
        self[tag] += 1

    def remove(self, tag: str) -> None:
        """Takes a tag away."""
        self[tag] -= 1
        if not self[tag]:
            del self[tag]


class _BoundedTreeBuilder(HTMLParserTreeBuilder):
    """Beautiful Soup's builder of trees with the parser above."""

    def feed(self, markup: Any, _parser_class: Any = None) -> None:
        arguments, options = self.parser_args
        assert self.soup is not None  # Beautiful Soup sets it before
        parser = _BoundedParser(self.soup, *arguments, **options)
        parser.feed(markup)
        parser.close()
