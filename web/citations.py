"""Articles as references: in words, as RIS and as BibTeX.

Nothing is made up: what is not known of an article, above all of its date, is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from typing import Any

import rispy
from bibtexparser.entrypoint import write_string
from bibtexparser.library import Library
from bibtexparser.middlewares import default_unparse_stack
from bibtexparser.middlewares.names import parse_single_name_into_parts
from bibtexparser.model import Entry, Field

from search import Article, Hit
from search.article import ENTITY_TYPES
from search.deadline import WRITING, until_deadline
from search.german.authors import is_person
from web.addresses import as_uri
from web.localisation import shown_date
from web.safe_text import one_line, slug
from web.translation import gettext

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")  # macros of BibTeX
_TOGETHER = 50  # references between two looks at the clock
# BibTeX counts braces even behind a backslash, so they may only stand in pairs; a straight quotation
# mark before a vowel is an umlaut where babel speaks German. Letters stay UTF-8.
_TEX_ESCAPES = str.maketrans(
    {
        "\\": r"{\textbackslash}",
        "{": r"{\textbraceleft}",
        "}": r"{\textbraceright}",
        '"': r"{\textquotedbl}",
        "^": r"{\textasciicircum}",
        "~": r"{\textasciitilde}",
        **{character: rf"\{character}" for character in "#$%&_"},
    }
)


@dataclass(frozen=True, slots=True)
class Reference:
    """An article to cite, of which a hit says all that is needed, and the address to cite it by."""

    article: Article | Hit
    address: str

    @property
    def date(self) -> str:
        """The date as far as it is known, such as 1989-11; "" if it is not."""
        known = self.article.date
        return known if isinstance(known, str) else known.text if known else ""

    @property
    def key(self) -> str:
        """A name for the reference, of a-z, 0-9 and hyphens: the same today and tomorrow, another for another id."""
        article = self.article
        family = article.authors[0].partition(",")[0].split()[-1:] if article.authors else ()
        name = slug("".join(family) or article.source or "", 20) or "nachlese"
        year = self.date[:4] or "o-d"
        return f"{name}-{year}-{blake2b(article.id.encode(errors='replace'), digest_size=5).hexdigest()}"


def citation_text(reference: Reference, today: date) -> str:
    """The reference in words, with the day on which its address was seen.

    `Eva Muster: Die Mauer ist offen. In: Abendblatt, 10. November 1989, https://... (abgerufen am ...).`
    """
    article = reference.article
    authors = f"{', '.join(article.authors)}: " if article.authors else ""
    title = article.headline if article.headline.endswith((".", "?", "!", "…")) else f"{article.headline}."
    source = gettext("In: %(source)s,", source=article.source) + " " if article.source else ""
    day = shown_date(reference.date) if reference.date else gettext("o. D.")
    seen = gettext("(abgerufen am %(day)s).", day=shown_date(today.isoformat()))
    return one_line(f"{authors}{title} {source}{day}, {reference.address} {seen}")


def ris(references: Iterable[Reference]) -> str:
    """The references as RIS, in the order given. Raises TooExpensive."""
    fields = [_ris_fields(reference) for reference in until_deadline(references, WRITING, _TOGETHER)]
    return str(rispy.dumps(fields, implementation=_RisWriter))


def bibtex(references: Iterable[Reference]) -> str:
    """The references as BibTeX, in the order given; with `date`, which biblatex prefers, beside year and month.

    Raises TooExpensive.
    """
    entries = Library([_bibtex_entry(reference) for reference in until_deadline(references, WRITING, _TOGETHER)])
    # Entries that nobody else has may be changed in place: copies of them took half of the time.
    return write_string(entries, unparse_stack=default_unparse_stack(allow_inplace_modification=True))


def family_name_first(name: str) -> str | None:
    """`Eva Muster` -> `Muster, Eva`, `Ludwig van Beethoven` -> `van Beethoven, Ludwig`.

    None unless it is plainly a person's name of several words: the name of a press agency must stay whole.
    """
    return parse_single_name_into_parts(name).merge_last_name_first if is_person(name) else None


class _RisWriter(rispy.RisWriter):
    """RIS as its specification has it: lines end with CR LF, and no numbers stand between the references."""

    NEWLINE = "\r\n"

    def set_header(self, _count: int) -> str:
        """No line before a reference."""
        return ""


def _ris_fields(reference: Reference) -> dict[str, Any]:
    """The reference in rispy's words; line breaks, which could begin another field, are blanks."""
    article = reference.article
    names = (name for type in ENTITY_TYPES for name in article.entities.of(type))
    fields = {
        "title": one_line(article.headline),
        "authors": [family_name_first(name) or name for name in _authors(article)],
        "secondary_title": one_line(article.source or ""),
        **(_ris_date(reference.date) if reference.date else {}),
        "section": one_line(article.section or ""),
        "keywords": [line for name in names if (line := one_line(name))],
        "language": "de",
        "urls": [one_line(reference.address)],
        "name_of_database": "Nachlese",
        "accession_number": one_line(article.id),
    }
    known = {label: value for label, value in fields.items() if value}
    return {"type_of_reference": "NEWS", "id": reference.key} | known


def _ris_date(text: str) -> dict[str, str]:
    """`1989-11` -> year `1989` and date `1989/11//`."""
    year, month, day = (*text.split("-"), "", "")[:3]
    return {"year": year, "date": f"{year}/{month}/{day}/"}


def _bibtex_entry(reference: Reference) -> Entry:
    article = reference.article
    fields = [Field(name, value) for name, value in _bibtex_fields(reference) if value]
    if month := reference.date[5:7]:
        fields.append(Field("month", _MONTHS[int(month) - 1], enclosing="no-enclosing"))
    return Entry("article" if article.source else "misc", reference.key, fields)


def _bibtex_fields(reference: Reference) -> Iterator[tuple[str, str]]:
    article = reference.article
    yield "author", " and ".join(_bibtex_name(name) for name in _authors(article))
    yield "title", f"{{{escape_tex(article.headline)}}}"  # braces twice, or some styles take the capitals of the nouns
    yield "journal", escape_tex(article.source or "")
    yield "date", reference.date
    yield "year", reference.date[:4]
    yield "url", as_uri(reference.address)
    yield "langid", "ngerman"


def escape_tex(text: str) -> str:
    """The text as TeX prints it letter by letter, in one line."""
    return one_line(text).translate(_TEX_ESCAPES)


def _bibtex_name(name: str) -> str:
    """A person's name by its parts; any other name in braces, as one."""
    person = family_name_first(name)
    return escape_tex(person) if person else f"{{{escape_tex(name)}}}"


def _authors(article: Article | Hit) -> list[str]:
    return [line for name in article.authors if (line := one_line(name))]
