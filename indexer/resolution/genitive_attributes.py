"""Does the noun before a name make its -s a genitive? *die Amtszeit Harry Trumans*, not *die Autorin Alice Hasters*."""

from __future__ import annotations

import re
from collections.abc import Iterable

from indexer.resolution.cache import cached_by_name
from indexer.resolution.first_names import first_names
from indexer.resolution.following_nouns import SubjectsInS, noun_follows
from indexer.resolution.found_names import FieldSpan, Texts
from indexer.resolution.inflection import may_end_in_own_s
from indexer.resolution.nouns import is_listed_noun, is_person_name
from indexer.resolution.personal_nouns import is_personal_noun
from indexer.resolution.titles import is_office

_LONGEST_BEFORE = 60  # characters
# With an article, but not in the genitive: *die Vorsteherin des Buchhandels Karin Schmidt-Friderichs*.
_NOUN = re.compile(
    r"((?<![\w-])(?:d(?:er|ie|as|en|em)|(?:[kmds]?ein|ihr|dies|jen)(?:e[nrm]?)?"
    r"|(?P<preposition>im|am|vom|zu[mr]|beim|ins))"
    r" (?:[a-zäöüß-]+e[nrms]? )?)?(?<![\w-])(?-i:(?P<noun>[A-ZÄÖÜ][\wäöüß-]+)) $",
    re.IGNORECASE,
)
# *Im Tor Mats Hummels* tells where somebody is; behind these it tells whose something is: *im Auftrag Fritz Langs*.
_BEHIND_PREPOSITION = tuple(
    "auftrag sinn sinne stil zeit vergleich schatten umfeld tod werk geburtstag rücktritt amtsantritt "
    "abschied verhalten".split()
)
# Nouns end so that say what a person is, and adjectives and participles that stand for one: *der Vorsitzende*.
_OF_PERSONS = tuple(
    "in innen er ern ist isten ent enten ant anten eur or oren loge logen graf grafen krat kraten nde nden ete eten "
    "ige igen ale alen elle ellen ierte ierten vize boss star fan profi gast mitglied bruder prinz prinzen fürst "
    "fürsten apostel papst mann frau herr herrn kind sohn paar duo trio gott held helden guru zar idol talent coach "
    "scout ceo junge jungen".split()
)
_PARTICIPLE = re.compile(r"(?:be|ge|ver|an|ab|aus)(?!.*ichten?$).+te[nr]?")  # *seine Verlobte*, not *seine Geschichte*
# Behind these stands what a thing is called, or whom something is about: *im Fall Tom Hanks*, *zum Beispiel Ehlers*.
_TAKE_A_NAME = tuple(
    "firma fall familie insel schiff berg generation geschäft system konzern kongress team marke verlag agentur gruppe "
    "verbund pub band ensemble orchester klinik restaurant café hotel bar schule stiftung verein club klub institut "
    "museum unternehmen affäre akte sache causa name namen titel thema stichwort label galerie kanzlei haus platz park "
    "parc gespann tandem festival preis beispiel film buch interview gespräch dialog apparat start auftakt studio "
    "abwehr sturm tor mittelfeld angriff opposition wahlkreis kreis referat ersten zweiten dritten letzten "
    "nächsten".split()
)
# *Am Montag Birgit Naujoks*: what stands between them is no noun with an attribute.
_TIMES = tuple(
    "montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag abend morgen mittag nacht woche monat jahr "
    "januar februar märz april mai juni juli august september oktober november dezember".split()
)


def last_names_in_genitive(texts: Texts, spans: Iterable[FieldSpan], subjects: SubjectsInS) -> frozenset[str]:
    """The last names, without -s, of the persons at these spans of whom a noun before one says whose it is; not of
    those with whom a noun says who it is: *das Festival Max Ophüls*, *der Regisseur Max Ophüls*."""
    genitives, nominatives = set[str](), set[str]()
    for span in spans:
        text = texts[span.field].text
        name = text[span.start : span.end]
        if span.type == "person" and name.endswith("s") and _may_be_genitive(name):
            last = name.rpartition(" ")[2][:-1]
            before = _NOUN.search(text, max(0, span.start - _LONGEST_BEFORE), span.start)
            if before and _is_of_person(before["noun"]):
                nominatives.add(last)
            elif before and before[1] and _takes_attribute(before["noun"], before["preposition"] is not None):
                genitives.add(last)
                if name in subjects:
                    nominatives.add(last)
    return frozenset(last for last in genitives - nominatives if not _begins_clause(texts, f"{last}s"))


def _may_be_genitive(name: str) -> bool:
    """Whether the -s of a person's name may be none of its own. A name of several words begins with a first name, a
    lone one is a name without its -s. *Johannes des Täufers* has more than its -s of the genitive."""
    first, space, last = name.rpartition(" ")
    if last.endswith("ss") or first.endswith(" des") or may_end_in_own_s(last) or is_person_name(last):
        return False
    return first.split(" ")[0] in first_names() if space else is_person_name(last[:-1])


def _begins_clause(texts: Texts, last: str) -> bool:
    """Whether a last name stands by itself before a verb: *Hanks gewann*, but not *Putins neuer Krieg*."""
    before_small = re.compile(rf"(?:^|(?<=[.!?:] )){re.escape(last)}(?= [a-zäöüß])", re.MULTILINE)
    found = ((words.text, match.end()) for words in texts.values() for match in before_small.finditer(words.text))
    return any(not noun_follows(text, end) for text, end in found)


def _takes_attribute(noun: str, with_preposition: bool) -> bool:
    """Whether a noun that is of no person, as it stands in a text, is of a thing that somebody's may be."""
    small = noun.lower()
    if noun.isupper() or small.endswith((*_TAKE_A_NAME, *_TIMES)):  # *für die FDP Karl Behrens*
        return False
    return not with_preposition or small.endswith(_BEHIND_PREPOSITION)


@cached_by_name
def _is_of_person(noun: str) -> bool:
    """Whether a noun says what a person is, in any form: it is an office, or has a form for a woman: *Kollegen*."""
    small = noun.lower()
    if small.endswith(_OF_PERSONS) or _PARTICIPLE.fullmatch(small):
        return True
    return any(is_office(one) or is_personal_noun(one) or _has_woman(one) for one in {noun, noun.rpartition("-")[2]})


def _has_woman(noun: str) -> bool:
    return any(is_listed_noun(f"{noun.removesuffix(ending)}in") for ending in ("", "e", "en", "n", "s"))
