"""How is a recognised name written by itself? Without quotes, titles and genitives; and some are no names at all."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import partial

from indexer.resolution.agency_marks import is_mark
from indexer.resolution.aliases import Aliases, Canonical, known_names, spelling_key
from indexer.resolution.boundaries import joined, whole_name
from indexer.resolution.cache import cached_by_name
from indexer.resolution.firms import is_firm
from indexer.resolution.first_names import first_names
from indexer.resolution.following_nouns import SubjectsInS, noun_follows
from indexer.resolution.found_names import FieldSpan, FoundName, Texts
from indexer.resolution.genitive_attributes import last_names_in_genitive
from indexer.resolution.inflection import (
    genitive_before,
    is_place,
    may_be_genitive,
    nominative,
    without_genitive,
    without_genitive_of_noun,
    without_long_genitive,
)
from indexer.resolution.nouns import is_common_noun, is_person_name
from indexer.resolution.parties import without_place_of_party
from indexer.resolution.roles import is_own_office, word_before
from indexer.resolution.titles import is_office, type_by_end, without_kinds, without_titles, without_unfinished

LONGEST_NAME = 80  # characters
MOST_WORDS = 8
_SHORTEST_NOUN = 5  # letters
_LONGEST_WRITTEN = 300  # characters with titles and quotes; what is longer is no name, and is not looked at any more

_SMALL_WORD = re.compile(r" [a-zäöüß]")
_NO_NAME = re.compile(r"-$| [-–] ")
_ENDINGS = ("s", "es", "e", "n", "en")
_SHORTEST_INFLECTED = 8  # letters; *Seen*, *Talen* and *Kreisen* may be names
# Kinds of organisations and places, which name none.
_COMMON = frozenset(
    "Polizei Bank Regierung Feuerwehr Parlament Kirche Gericht Partei Universität Konzern Firma Verein Armee Stadt "
    "Ministerium Bundesministerium Bundesamt Landesamt Bundesverband Landesverband Staatsanwaltschaft Behörde "
    "Uni Klinik Uniklinik Zentralbank Nationalbank Handelskammer Verkehrsverbund Bündnis Emirat GmbH App "
    "Land Opposition Rathaus Bahnhof Flughafen Krankenhaus Schule Hochschule Zeitung Liga Records "
    "Norden Nordens Süden Südens Osten Ostens Westen Westens "
    "Schloss Dom Wald See Kreis Landkreis Bundesland Regierungsbezirk Institut Verband Beirat Reich Territorium "
    "Altenheim Altersheim Pflegeheim Seniorenheim Wohnheim Ferienheim Kinderheim Tierheim Volksrepublik "
    "Festland Hochland Vorland Hinterland Hügelland Bergland Becken Ozean Tal Gebirge Hauptbahnhof".split()
)

_MINISTRY = re.compile(r"(?!Bundes)[A-ZÄÖÜ][\w-]+ministerium")  # of which each state has one


def recognised_names(texts: Texts, spans: Sequence[FieldSpan], aliases: Aliases) -> Iterator[FoundName]:
    """The names at spans, as they are written without quotes, titles and endings; what cannot be a name is left out."""
    times = _Times(texts)
    in_office = _in_office(texts, spans)
    subjects = SubjectsInS(texts)
    owners = last_names_in_genitive(texts, spans, subjects)
    for span in joined(texts, spans):
        text = texts[span.field].text
        if span.end - span.start > _LONGEST_WRITTEN:
            continue
        start, whole = whole_name(text, span)
        type = span.type
        if type == "person" and "-" in whole:
            type = type_by_end(without_unfinished(whole)) or type
        stands_without = partial(_stands_without, texts, times, type, owners)
        bare = _without_genitive(text, span.end, type, start, whole, stands_without, subjects, in_office)
        if is_mark(text, start, start + len(whole)):
            continue
        finished = without_unfinished(bare)
        end = start + len(whole) - (len(bare) - len(finished))
        if written := _person(finished) if type == "person" else _thing(finished):
            place = FieldSpan(span.field, start + max(0, finished.find(written)), end, type)
            plain = " ".join(written.split())
            yield FoundName(place, plain, _fixed(plain, type, aliases))


class _Times(dict[str, int]):
    """How often a word stands in texts, counted when it is asked for: a text may have a name thousands of times."""

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self._texts = texts

    def __missing__(self, word: str) -> int:
        self[word] = sum(words.words.count(word) for words in self._texts.values())
        return self[word]


def _stands_without(texts: Texts, times: _Times, type: str, owners: Collection[str], name: str) -> bool:
    """Whether the last word of what is the name of a `type` without -s stands in the article, or is an owner's, or the
    name is known."""
    last = name.split()[-1]
    if type == "person" and last in owners:
        return True
    if type == "person" and is_person_name(f"{last}s"):  # *Peters* is somebody else, if not rarer than *Peter*
        return times[last] > times[f"{last}s"]
    if spelling_key(name) in known_names() or (type == "person" and name in first_names()):  # *Caritas*: not Carita's
        return True
    if not any(last in words.distinct for words in texts.values()):
        return False
    # *New* of New York says nothing of *Fox News*; but *Trump* does of *Donald Trumps*, and *China* of *KP Chinas*.
    says = type == "person" or last == name or is_place(last) or name.split()[0].endswith("en")
    return says or any(_stands_in(words.text, name) for words in texts.values())


def _in_office(texts: Texts, spans: Sequence[FieldSpan]) -> frozenset[str]:
    """The persons who look like the genitive of a first name, but somewhere stand behind an office with no noun behind
    them: *Bundespräsident Carstens*, but not *Papst Benedikts Reise*."""
    ends_in_s = (span for span in spans if span.type == "person" and texts[span.field].text[span.end - 1] == "s")
    written = ((texts[span.field].text[span.start : span.end], span) for span in ends_in_s)
    possible = ((name, span) for name, span in written if name[:-1] in first_names())
    return frozenset(
        name
        for name, span in possible
        if is_own_office(word_before(texts, span))
        and not (noun_follows(texts[span.field].text, span.end) or is_place(name[:-1]))  # *Gouverneur Georgias*
    )


def _stands_in(text: str, name: str) -> bool:
    """Whether a name stands in a text, with the end of a word behind it."""
    return name in text and re.search(rf"{re.escape(name)}(?!\w)", text) is not None


def _without_genitive(
    text: str,
    end: int,
    type: str,
    start: int,
    whole: str,
    stands_without: Callable[[str], bool],
    subjects: SubjectsInS,
    in_office: Collection[str],
) -> str:
    """The whole name, which begins at `start`, without its genitive -s; `end` is that of what was recognised."""
    if not may_be_genitive(whole) or (type == "person" and (whole in first_names() or whole in in_office)):
        return whole
    if spelling_key(whole) in known_names() and not stands_without(whole[:-1]):
        return whole
    is_thing = type != "person"
    if is_thing and is_firm(whole):
        return whole
    is_foreign = is_thing and _SMALL_WORD.search(whole)  # *Center for Health Economics*
    genitive = is_thing and genitive_before(text, start)
    owns = noun_follows(text, end) and (_may_own(whole) if is_thing else _may_be_owner(whole, subjects))
    if not is_thing and (bare := without_long_genitive(whole, stands_without, owns)) != whole:
        return bare
    bare = without_genitive(whole, stands_without, not is_foreign and (genitive or owns))
    return without_genitive_of_noun(bare) if is_thing and bare == whole else bare


def _may_own(name: str) -> bool:
    """Whether an -s at the end of a thing's name may say whose the noun behind it is: *Berlins*, *Bayern Münchens*, but
    not *Fox News*."""
    return " " not in name or is_place(name.removesuffix("s").rpartition(" ")[2])


def _may_be_owner(name: str, subjects: SubjectsInS) -> bool:
    """Whether an -s at the end of a person's name may say whose the noun behind it is: *Donald Trumps*; not *Todd
    Phillips*, and not *Rolf Sievers* who stands as a subject elsewhere."""
    last = name.rpartition(" ")[2]
    is_last_name = is_person_name(last) and not (last == name and last[:-1] in first_names())  # *Davids Leben*
    return not is_last_name and name not in subjects


@cached_by_name
def _person(bare: str) -> str:
    """A person's name without titles; empty if what is left cannot be a name."""
    written = without_titles(bare)
    return written if _may_be_name(written) and not is_office(written) and not _is_compound(written) else ""


@cached_by_name
def _thing(bare: str) -> str:
    """The same for a place or an organisation, without what tells its kind."""
    written = without_place_of_party(without_kinds(bare))
    return written if _may_be_name(written) and not _is_kind(written) else ""


def _is_kind(name: str) -> bool:
    """Whether a name is but a kind of places or organisations, in any form of a longer word: *Altenheimen*."""
    bare = {name.removesuffix(ending) for ending in _ENDINGS if len(name) - len(ending) >= _SHORTEST_INFLECTED}
    return name in _COMMON or not bare.isdisjoint(_COMMON) or any(map(_MINISTRY.fullmatch, bare))


def _is_compound(name: str) -> bool:
    """Whether a name ends in a common noun behind a hyphen, and so names no person: *Georg-Büchner-Preis*. Short nouns
    are last names too: *Neumeier-Korn*."""
    end = name.rpartition("-")[2] if "-" in name else ""
    return len(end) >= _SHORTEST_NOUN and is_common_noun(end)


def _may_be_name(name: str) -> bool:
    """Whether letters can be a name: not too long, on one line, with a capital and two letters."""
    letters = sum(map(str.isalpha, name))
    fits = len(name) <= LONGEST_NAME and len(name.split()) <= MOST_WORDS and "\n" not in name
    return fits and letters > 1 and any(map(str.isupper, name)) and not _NO_NAME.search(name)


def _fixed(plain: str, type: str, aliases: Aliases) -> Canonical | None:
    """Whom aliases say that a name stands for, as it is written or, if it is no person's, in the nominative."""
    usual = nominative(plain) if type != "person" else plain
    return aliases.find(plain) or (aliases.find(usual) if usual != plain else None)
