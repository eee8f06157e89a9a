"""Who is named with an office? *Gesundheitssenatorin Dilek Kalayci* is a person.

The recogniser takes many a name of two foreign words for an organisation's.
"""

from __future__ import annotations

from collections.abc import Sequence

from indexer.resolution.aliases import known_names, spelling_key
from indexer.resolution.found_names import FieldSpan, Texts
from indexer.resolution.nouns import is_city, is_noun
from indexer.resolution.persons import PARTICLES
from indexer.resolution.titles import is_office

_LONGEST_OFFICE = 50  # characters
# Clubs are called champions, institutes researchers, and behind some stands what they lead: *Geschäftsführer Ufa Show*.
_KINDS = ("meister", "führer", "leiter", "kandidat", "manager", "forscher", "frau", "kaiser")
_ENDINGS = ("", "s", "n", "in", "en")
NOT_OF_PERSONS = tuple(f"{office}{ending}" for office in _KINDS for ending in _ENDINGS)
# English words at the end of institutions and firms, which the lexicon does not have.
_OF_ORGANISATIONS = frozenset(
    "Association Capital Center Centre Company Council Foundation Group Institute Lab Market Museum Network Partners "
    "Party Research School Services Society Solutions Team Trust University".split()
)


def with_holders_of_offices(texts: Texts, spans: Sequence[FieldSpan]) -> list[FieldSpan]:
    """The spans; an organisation of several words behind an office is a person, and so are the same words elsewhere."""

    def words_of(span: FieldSpan) -> str:
        return texts[span.field].text[span.start : span.end]

    holders = {
        words_of(span)
        for span in spans
        if span.type == "organisation" and _is_behind_office(texts, span) and _may_be_full_name(words_of(span))
    }
    if not holders:
        return list(spans)
    return [span._replace(type="person") if words_of(span) in holders else span for span in spans]


def _is_behind_office(texts: Texts, span: FieldSpan) -> bool:
    before = texts[span.field].text[max(0, span.start - _LONGEST_OFFICE) : span.start]
    office = before[:-1].rpartition(" ")[2].rpartition("\n")[2] if before.endswith(" ") else ""
    return is_office(office) and office[0].isupper() and not office.lower().endswith(NOT_OF_PERSONS)


def _may_be_full_name(name: str) -> bool:
    """Whether these can be the words of a person's name: several, in letters, and none that means something else."""
    words = name.split()
    return 2 <= len(words) <= 4 and all(word in PARTICLES or _may_be_of_person(word) for word in words)


def _may_be_of_person(word: str) -> bool:
    letters = word.replace("-", "").replace("’", "").replace("'", "")
    if not letters.isalpha() or not word[0].isupper() or (len(word) > 1 and word.isupper()):
        return False
    bare = word.removesuffix("s")
    is_other = word in _OF_ORGANISATIONS or spelling_key(bare) in known_names() or is_city(bare)
    return not is_other and not is_noun(word)
