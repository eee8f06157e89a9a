"""Does the word before a name say what somebody is? *Ministerpräsident Günther*, *Torwart Frei*, *Papst Leo*.

What the recogniser took for a person there is one, whatever else the word may mean.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from indexer.resolution.cache import cached_by_name
from indexer.resolution.first_names import first_names
from indexer.resolution.found_names import FieldSpan, FoundName, Texts
from indexer.resolution.personal_nouns import is_personal_noun
from indexer.resolution.titles import is_office

_LONGEST = 50  # characters
_FORMS_OF_ADDRESS = ("frau", "herr", "herrn", "frauen", "herren")
_OTHERS = ("wart", "wärtin", "stadtrat", "stadträtin", "bundesrat", "bundesrätin")  # *Torwart*
_NO_OFFICES = ("führer", "leiter")  # things as well
# *Bürgermeister Claus Ruhe Madsen*, *die Gründer Max und Ingeburg Herz*: the recogniser cut the name.
_GOES_ON = re.compile(r"\s(?:(?:von|van|de|da|des|dos|der|bin|ibn|zu|al|el)\s){0,2}(?:[aeAE]l-)?[A-ZÀ-ÖØ-Þİ]|[\w'’-]")
_AND = re.compile(r"\sund ([A-ZÀ-ÖØ-Þİ]\w+)\s(?=[A-ZÀ-ÖØ-Þİ])")


def names_behind(found: Iterable[FoundName], texts: Texts, tells: Callable[[str], bool]) -> frozenset[str]:
    """The names of persons, whole ones of one word, that have somewhere a word directly before them that `tells`."""
    lone = (one for one in found if one.span.type == "person" and " " not in one.written)
    behind = (one for one in lone if tells(word_before(texts, one.span)))
    return frozenset(one.written for one in behind if not _goes_on(texts[one.span.field].text, one.span.end))


def _goes_on(text: str, end: int) -> bool:
    """Whether more of a name stands behind this place, maybe behind another first name."""
    other = _AND.match(text, end)
    return _GOES_ON.match(text, end) is not None or (other is not None and other[1] in first_names())


def word_before(texts: Texts, span: FieldSpan) -> str:
    """The word that stands before a span with nothing but a blank between, else ""."""
    before = texts[span.field].text[max(0, span.start - _LONGEST) : span.start]
    return before[:-1].rpartition(" ")[2].rpartition("\n")[2] if before.endswith(" ") else ""


@cached_by_name
def is_own_office(word: str) -> bool:
    """Whether a word is an office or a title that last names and names of kings stand behind; not *Frau Jill*."""
    small = word.lower()
    is_other = small.endswith(_FORMS_OF_ADDRESS) or small.endswith(_NO_OFFICES)
    return word[:1].isupper() and not is_other and (is_office(word) or small.endswith(_OTHERS))


@cached_by_name
def is_before_person(word: str) -> bool:
    """Whether a word says what one person is, or addresses one."""
    return is_own_office(word) or (word[:1].isupper() and (is_office(word) or is_personal_noun(word)))
