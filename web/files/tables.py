"""Hits as rows: a table for spreadsheets (CSV), and one JSON object a line for programs."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from io import StringIO
from typing import Any

from search import Hit
from search.deadline import WRITING, until_deadline
from web.addresses import permalink
from web.safe_text import printable

CSV_COLUMNS = (
    "id", "title", "date", "source", "section", "url", "permalink", "persons", "places", "organisations", "snippet",
    "authors",
)  # fmt: skip
ROWS = 50  # between two looks at the clock
# Excel reads a file without a byte order mark in the code page of the computer, not as UTF-8.
BYTE_ORDER_MARK = "\ufeff"
# With these signs a spreadsheet takes a cell for a formula (OWASP, "CSV Injection"), and with those that stand for
# them in other widths and heights (Unicode's compatibility forms). A cell of ours may be several to a spreadsheet: in
# German-speaking countries `;` parts them. So we look behind it, too, and behind tabs and line ends, with quotes,
# blanks and what cannot be seen before the sign. A comma parts no quoted cell, unless a program does not know quotes;
# so behind it only what stands there at once, as in `x,=1`, and not *100,- DM* or *Berlin, -3 Grad*.
_SIGNS = "=+@\\-\u2212\u207a-\u207c\u208a-\u208c\ufb29\ufe62\ufe63\ufe66\ufe6b\uff0b\uff0d\uff1d\uff20"
_UNSEEN = (  # Unicode's Default_Ignorable_Code_Point, and the empty pattern of Braille
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_WIDE = "\u1680\u2000-\u200a\u205f\u3000"  # blanks that nobody puts behind a comma
_BREAKS = ";\t\r\n\v\f\x1c-\x1e\x85\u2028\u2029"
_FORMULA = re.compile(f"""(?:^|[{_BREAKS}])[\\s'"{_UNSEEN}]*(?=[{_SIGNS}])|,['"{_UNSEEN}{_WIDE}]*(?=[{_SIGNS}]\\S)""")
_WHITE_SPACE = ("\t", "\r", "\n")  # a spreadsheet may drop it in front


def csv_table(rows: Iterable[Mapping[str, str]], columns: Sequence[str] = CSV_COLUMNS) -> str:
    """Rows as CSV (RFC 4180), with the names of the columns in the first line. Raises TooExpensive."""
    text = StringIO()
    table = csv.writer(text, lineterminator="\r\n")
    table.writerow(columns)
    table.writerows([csv_cell(row[column]) for column in columns] for row in until_deadline(rows, WRITING, ROWS))
    return BYTE_ORDER_MARK + text.getvalue()


def json_lines(hits: Iterable[Mapping[str, Any]]) -> str:
    """Hits as the JSON API has them, one a line. Raises TooExpensive."""
    return "".join(json.dumps(hit, ensure_ascii=False) + "\n" for hit in until_deadline(hits, WRITING, ROWS))


def csv_cell(text: str) -> str:
    """The text as a cell that no spreadsheet computes: an apostrophe before what could be a formula."""
    text = _FORMULA.sub(r"\g<0>'", printable(text))
    return f"'{text}" if text.startswith(_WHITE_SPACE) else text


def csv_row(hit: Hit) -> dict[str, str]:
    """A hit by the names of its columns, several names in a cell parted by `; `."""
    return {
        "id": hit.id,
        "title": hit.title,
        "date": hit.date or "",
        "source": hit.source or "",
        "section": hit.section or "",
        "url": hit.url or "",
        "permalink": permalink(hit.id),
        "persons": "; ".join(hit.entities.person),
        "places": "; ".join(hit.entities.place),
        "organisations": "; ".join(hit.entities.organisation),
        "snippet": hit.snippet.text,
        "authors": "; ".join(hit.authors),
    }
