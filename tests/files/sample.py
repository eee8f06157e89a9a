"""Articles that try to break out of each format, and more articles than one answer holds."""

from __future__ import annotations

from search import Article, Entities, NewsDate
from web.files.formats import MOST_EXPORTED

BREAKOUTS = (
    "ER  - \r\nTY  - JOUR\r\nTI  - Eingeschleust",
    "}\n}\n@article{eingeschleust, title = {x}",
    'offen { \\ " % # $ & _ ^ ~ @',
    "\\",
    "]]></summary><script>alert(1)</script>&amp;&#0;",
    "Steuerung \x00\x01\x08\x0b\x0c\x1f\x7f\x85\u2028\u2029\ufffe Ende",
    '=HYPERLINK("http://example.org","x")',
    "+1",
    "-1",
    "@SUM(1)",
    "\t=1",
    'Komma, "Anführung"\nZeile; Strichpunkt',
    "😀 日本語 Ünï",
)
WICKED = tuple(
    Article(
        id=f"{number} {text}",
        title=text,
        body=f"Fund {text}",
        date=(None, NewsDate("2020"), NewsDate("1975-06"), NewsDate("1989-11-10"))[number % 4],
        source=text,
        section=text,
        url=f"https://example.org/{text}",
        authors=(text, "Eva Muster"),
        entities=Entities(person=(text,), place=(text,), organisation=(text,)),
    )
    for number, text in enumerate(BREAKOUTS)
)
MANY = tuple(Article(id=f"{number:04}", body="Fund") for number in range(MOST_EXPORTED + 5))
