"""Hits as rows: a table for spreadsheets (CSV), and one JSON object a line for programs."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable
from io import StringIO

from search import Hit, Page
from web.addresses import permalink
from web.safe_text import printable

CSV_COLUMNS = (
    "id", "title", "date", "source", "section", "url", "permalink", "persons", "places", "organisations", "snippet",
    "authors",
)  # fmt: skip
# Excel reads a file without a byte order mark in the code page of the computer, not as UTF-8.
_BYTE_ORDER_MARK = "\ufeff"
# With these signs a spreadsheet takes a cell for a formula (OWASP, "CSV Injection"), full-width forms included. A cell
# of ours may be several to a spreadsheet: in German-speaking countries `;` parts them. So we look behind it, too, and
# behind tabs and line ends, with blanks and quotes before the sign.
_FORMULA = re.compile("""(?:^|[;\t\r\n])[ '"\u00a0]*(?=[=+@＝＋－＠-])""")
_WHITE_SPACE = ("\t", "\r", "\n")  # a spreadsheet may drop it in front


def csv_table(page: Page) -> str:
    """The hits as CSV (RFC 4180): CSV_COLUMNS in the first line, several names in a cell parted by `; `."""
    text = StringIO()
    rows = csv.writer(text, lineterminator="\r\n")
    rows.writerow(CSV_COLUMNS)
    rows.writerows([csv_cell(value) for value in _row(hit)] for hit in page.hits)
    return _BYTE_ORDER_MARK + text.getvalue()


def json_lines(page: Page) -> str:
    """The hits as the JSON API has them, one a line."""
    return "".join(json.dumps(hit, ensure_ascii=False) + "\n" for hit in page.as_json()["hits"])


def csv_cell(text: str) -> str:
    """The text as a cell that no spreadsheet computes: an apostrophe before what could be a formula."""
    text = _FORMULA.sub(r"\g<0>'", printable(text))
    return f"'{text}" if text.startswith(_WHITE_SPACE) else text


def _row(hit: Hit) -> Iterable[str]:
    return (
        hit.id,
        hit.title,
        hit.date or "",
        hit.source or "",
        hit.section or "",
        hit.url or "",
        permalink(hit.id),
        "; ".join(hit.entities.person),
        "; ".join(hit.entities.place),
        "; ".join(hit.entities.organisation),
        hit.snippet.text,
        "; ".join(hit.authors),
    )
