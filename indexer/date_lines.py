"""Is a line of a page one that says when, where and by whom it was written, and nothing else?"""

from __future__ import annotations

import re

from indexer.bylines import named_persons
from search.dates import MONTHS
from search.german.authors import is_agency

_LONGEST = 150  # characters of a line with a date
_MOST_DATES = 3  # in a line: of publication, of changes, of the printed issue
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
DATE = re.compile(
    rf"(?<![\d.])(?:\d{{1,2}}\.\s?\d{{1,2}}\.\s?(?:\d{{4}}|\d{{2}}(?![\d:.]))|\d{{1,2}}\.?\s+(?:{_MONTH})\.?\s+\d{{4}}"
    rf"|(?:{_MONTH})\.?\s+\d{{1,2}},?\s+\d{{4}}|\d{{4}}-\d{{2}}-\d{{2}})(?!\d)",
    re.IGNORECASE,
)
# The small words of lines that say when and by whom; with any other, the line is a sentence.
_SMALL = frozenset(
    "von vom am um uhr in im der die das den und für aus by on at the of published posted updated zuletzt erst min h"
    " geschrieben veröffentlicht publiziert erschienen verfasst erstellt eingestellt gepostet aktualisiert geändert"
    " bearbeitet überarbeitet online gestellt zu unter van de du la le del".split()
)
# What else has a day: events, pictures, rights, what the article is about.
_OF_SOMETHING_ELSE = re.compile(
    r"©|\(c\)|[*†]|\b(?:copyright|fotos?|bild|bilder|archiv(?:bild|foto)?|aufnahme|termin|termine|beginn|einlass|wann"
    r"|start|geboren|gestorben|geb|urteil|beschluss|sitzung|gesetz|verordnung|fassung|brief|anmeldung|anmeldeschluss"
    r"|premiere|konzert|az)\b",
    re.IGNORECASE,
)
_INITIALS = re.compile(r"(?<=/)[a-z]{2,4}\b|\b[a-z]{2,4}(?=/)|\([a-z]{2,4}\)")  # of an editor: dpa/ame
_RIGHT_BEFORE = re.compile(r"\b(am|der|die|das|zum|beim|im)\s+(?:[^\W\d_]{2,10}(?:,|\.,?)?\s+)?$", re.IGNORECASE)
_LABEL_BEFORE = re.compile(
    r"(?:^|\b(?:von|by)\b.*|.*\b(?:geschrieben|veröffentlicht|publiziert|erschienen|verfasst|erstellt|eingestellt|gepostet"
    r"|aktualisiert|geändert|bearbeitet|überarbeitet|updated?|uhr)\W*|\W*)$",
    re.IGNORECASE,
)


def is_date_line(line: str) -> bool:
    """Whether all that a line says beside its days is who, where and at what time; what is neither is a sentence."""
    dates = list(DATE.finditer(line)) if len(line) <= _LONGEST else []
    if not 0 < len(dates) <= _MOST_DATES or _OF_SOMETHING_ELSE.search(line):
        return False
    if not all(_may_stand_before(line[: match.start()]) for match in dates):
        return False
    words = re.findall(r"[^\W\d_]+", _INITIALS.sub(" ", DATE.sub(" ", line)))
    return all(word[0].isupper() or word in _SMALL or is_agency(word) for word in words)


def _may_stand_before(text: str) -> bool:
    """Whether a day behind a text is that of writing: *Anna Meier am* and *Erstellt am*, not *Stadtfest am*."""
    match = _RIGHT_BEFORE.search(text)
    if match is None:
        return True
    before = text[: match.start()]
    if match[1].lower() != "am":
        return False
    return bool(_LABEL_BEFORE.fullmatch(before)) or bool(named_persons(before.strip(" ,|•·–-")))
