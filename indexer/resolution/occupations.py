"""Whose last name stands alone behind an office or an occupation? *SPD-Chef Klingbeil*, *die Virologin Protzer*.

A last name by itself looks like a firm or a town, and rare ones the recogniser does not see at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from indexer.resolution.aliases import known_names, spelling_key
from indexer.resolution.cache import cached_by_name
from indexer.resolution.firms import is_firm
from indexer.resolution.found_names import FieldSpan, Texts
from indexer.resolution.inflection import without_genitive_of_noun
from indexer.resolution.nouns import (
    ends_in_noun,
    is_city,
    is_listed_noun,
    is_noun,
    is_person_name,
    is_small_word,
    is_town,
)
from indexer.resolution.offices import NOT_OF_PERSONS
from indexer.resolution.parties import SpansInOrder, is_party
from indexer.resolution.personal_nouns import UMLAUTS, is_personal_noun
from indexer.resolution.titles import is_office

# What may be a word for one person, before a capital; nearly all are told by their last two letters to be none. An
# expression that begins with a set of letters is looked for faster than one that looks behind first.
_PAIR = re.compile(r"[A-ZÄÖÜ](?<![\w-].)[\w-]+ (?=[A-ZÀ-ÖØ-Þ])")
_ROLE_ENDS = frozenset("in er ef or nt st är ur at ar ot rr de te ge se he le ze nd".split())
# A lone word that may be a last name. What goes on was seen as a name by the recogniser.
_LONE = re.compile(
    r"[A-ZÀ-ÖØ-Þ]\w*(?:-[A-ZÀ-ÖØ-Þ]\w*)?[^\W\d_]"
    r"(?![\w'’-]| [A-ZÀ-ÖØ-Þİ]| (?:al|el)-| (?:von|van|de|da|des|dos|der|bin|ibn) )"
)
# *Die Zeugin Wollschläger sah*: what stands between the beginning of a sentence and its verb is one thing, and so the
# second noun is a name. In *dass die Zeugin Wollschläger sah* it may be whom she saw, in *Der Zeugin Blumen brachte er*
# what she got, and so it may before participles: *Rentnerin Handtasche geraubt*.
_BEGINS_SENTENCE = re.compile(r"(?:^|[.!?] |\n)(?:(Der|Die) (?:[A-ZÄÖÜ]?[a-zäöüß]+e[rn]? )?)?$")
_NO_VERBS = (
    "und oder sowie als aus bei für mit von vom vor zu zum zur in im ins am an auf um nach bis durch gegen samt unter "
    "über seit auch nur nicht noch schon oft dort hier dem der des das ob dass weil da doch aber fast rund gut weg "
    "los zurück fort ab ein hin her mehr kaum bereits sehr selbst zuletzt jetzt erst sofort dann per ohne trotz statt "
    "wegen wohl"
).split()
# Forms of these prefixes may be of the present, but also participles: *überreicht*, *nahegelegt*, *halbiert*.
_PARTICIPLE = (
    r"(?:be|ge|er|ver|zer|ent|emp|miss|über|unter|hinter|wider)[a-zäöü]{2,}t|[a-zäöüß]+ge[a-zäöüß]{3,}t|[a-zäöü]+iert"
)
_VERB = re.compile(rf" (?!(?:{'|'.join(_NO_VERBS)}|{_PARTICIPLE})\b)[a-zäöüß]+(?:te|[^\Wen])(?!\w)")
_LONGEST_BEFORE = 40  # characters
_NO_NAMES = frozenset("Sie Ihr Ihnen Ihre Ihren Ihrem Ihrer Ihres Du Dr Prof League Position".split())
_NOUN_ENDINGS = ("", "n", "e", "en", "s", "es", "er", "ern", "nen", "se", "ien")
_RESEARCHERS = ("aforscher", "rforscher", "nforscher", "forscherin")  # *Klimaforscher*; not *Marktforscher*
_ROLES = ("vize", "angeklagte", "beschuldigte", "verdächtige", "vorstand")
_SEVERAL = ("leute", "männer")


class _Lone(NamedTuple):
    """Where a lone word stands behind one that tells what a person is, and whether it can be nothing but a name."""

    start: int
    end: int
    is_sure: bool


def with_lone_names(texts: Texts, spans: Sequence[FieldSpan]) -> list[FieldSpan]:
    """The spans, with lone last names behind offices and occupations as persons, and the same words elsewhere.

    They are no firm and no place of any list. Where the recogniser saw no name, they do not look like a noun either,
    unless the sentence leaves nothing else.
    """
    found = [
        FieldSpan(field, *at, "person") for field, words in texts.items() for at in _names(words.text, field, spans)
    ]
    if not found:
        return list(spans)
    names = {texts[one.field].text[one.start : one.end] for one in found}
    places = {(one.field, one.start) for one in found}
    others = (
        span._replace(type="person") if texts[span.field].text[span.start : span.end] in names else span
        for span in spans
        if (span.field, span.start) not in places
    )
    return sorted([*others, *found], key=lambda span: (span.field != "title", span.start))


def _names(text: str, field: str, spans: Sequence[FieldSpan]) -> Iterator[tuple[int, int]]:
    """Where lone last names stand in a text that the recogniser took for something else, or did not see."""
    lone = [one for one in _behind_personal_nouns(text) if _may_be_last_name(text[one.start : one.end])]
    recognised = SpansInOrder([span for span in spans if span.field == field] if lone else ())
    for start, end, is_sure in lone:
        # A name that the word before is a part of is another one: *Premier League*.
        over = list(recognised.over(start - 2, end))
        seen = len(over) == 1 and (over[0].start, over[0].end) == (start, end)
        if (seen and over[0].type != "person") or (not over and (is_sure or not _looks_like_noun(text[start:end]))):
            yield start, end


def _behind_personal_nouns(text: str) -> Iterator[_Lone]:
    for pair in _PAIR.finditer(text):
        role = pair[0][:-1]
        if role[-2:] not in _ROLE_ENDS or not _is_of_one_person(role):
            continue
        lone = _LONE.match(text, pair.end())
        if lone:
            begins = _BEGINS_SENTENCE.search(text, max(0, pair.start() - _LONGEST_BEFORE), pair.start())
            is_subject = begins is not None and not (begins[1] == "Der" and role.endswith("in"))
            is_sure = is_subject and _VERB.match(text, lone.end()) is not None
            if is_sure or is_office(role) or _can_be_last_name(lone[0]):
                yield _Lone(*lone.span(), is_sure)


@cached_by_name
def _is_of_one_person(word: str) -> bool:
    small = word.lower()
    is_title = is_office(word) and (small.endswith(_RESEARCHERS) or not small.endswith(NOT_OF_PERSONS))
    return (is_title or small.endswith(_ROLES) or is_personal_noun(word)) and not small.endswith(_SEVERAL)


@cached_by_name
def _can_be_last_name(word: str) -> bool:
    """Whether a word is not one that German sentences have in small letters, unless it is a last name, too."""
    return not is_small_word(word) or is_person_name(word)


@cached_by_name
def _may_be_last_name(word: str) -> bool:
    """Whether a lone word can be a person's last name: no place or its genitive, no firm, no abbreviation."""
    if word in _NO_NAMES or word.isupper() or is_office(word) or is_party(word) or is_firm(word):
        return False
    if len(word) < 3 or without_genitive_of_noun(word) != word:  # *Südostasiens*
        return False
    forms = (word, word.removesuffix("s"))
    return not any(spelling_key(form) in known_names() or is_city(form) or is_town(form) for form in forms)


@cached_by_name
def _looks_like_noun(word: str) -> bool:
    """Whether a word is a form of a noun, a compound of a long one, or ends in one behind a hyphen."""
    last = word.rpartition("-")[2]
    stems = [last.removesuffix(ending) for ending in _NOUN_ENDINGS if last.endswith(ending)]
    if any(is_noun(stem) for stem in stems[1:]):  # *Karottenstücke*, but not *Klingbeil*
        return True
    stems += [stem.replace(umlaut, vowel) for stem in stems for umlaut, vowel in UMLAUTS if umlaut in stem]
    stems += [f"{stem}a" for stem in stems if stem.endswith("em")]  # *Themen*
    return any(is_listed_noun(stem) or ends_in_noun(stem) for stem in stems)
