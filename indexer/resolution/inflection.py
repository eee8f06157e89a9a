"""How is an inflected name written by itself? The genitive -s goes, adjectives return to the nominative."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import takewhile

from indexer.resolution.aliases import known_names, spelling_key
from indexer.resolution.cache import cached_by_name
from indexer.resolution.first_names import first_names
from indexer.resolution.lists import listed_names
from indexer.resolution.nouns import is_city, is_noun, is_small_word
from indexer.resolution.titles import type_by_end

# Behind these -s belongs to the name more often than not: Paris, Dallas, Markus, Carlos, Moses.
_OWN_S = re.compile(r"(?:[aiousxzß]s|es)$")
_SHORTEST_WITH_S = 4
# Every place whose name ends so is named in the genitive: Siziliens, Osteuropas, Heidelbergs, Düsseldorfs.
_PLACE_IN_GENITIVE = re.compile(
    r".*(?:ien|europa|afrika|amerika|asien|land|burg|berg|stadt|dorf|furt|heim|bach|feld|wald|brück|hafen|stein)s", re.I
)
# And what looks like it.
_OWN_NAME = re.compile(
    r"(?:.*[ -])?(?:(?:high|low|mid|up|out|wood|nether|bad|falk|grass|wet)lands|springs|amiens|mariens|mars|doubs|wels"
    r"|blues)|.* islands",
    re.I,
)
_ARTICLE_IN_GENITIVE = re.compile(r"\b(?:des|k?eines|[mds]eines|ihres|unseres) (?:[a-zäöüß]+e[nrs] )*$", re.I)
_LONGEST_BEFORE = 60  # characters before a name in which its article is looked for
_APOSTROPHES = ("'", "’")

# The gender of a noun by its end, as far as names of places and organisations need it.
_GENDERS = (
    ("e", "nationen staaten kräfte streitkräfte inseln emirate grünen linken werke alpen niederlande länder"),
    ("e", "wähler demokraten republikaner spiele festspiele philharmoniker symphoniker medien betriebe kliniken"),
    (
        "e",
        "ung ion heit keit schaft tät bank bahn partei post armee liga kirche kammer börse oper front allianz "
        "föderation republik bibliothek gruppe presse stiftung agentur behörde akademie polizei marine luftwaffe garde "
        "union see konferenz kultur klinik fabrik politik technik statistik musik kritik logistik industrie galerie "
        "philharmonie kompanie energie chemie psychiatrie hilfe",
    ),
    (
        "es",
        "amt werk haus gericht institut museum komitee parlament kreuz zentrum ium theater orchester archiv "
        "meer land gebirge reich königreich forum bündnis büro kapital wasserwerk rathaus gebiet schloss becken "
        "departement testament universum dreieck klinikum krankenhaus netzwerk ministerium",
    ),
    (
        "er",
        "bund tag rat verband verein dienst fonds hof club kongress konzern osten westen norden süden ozean bundestag "
        "gerichtshof rundfunk ring wald platz kanal golf kreis senat gewerkschaftsbund wetterdienst fußballbund turm "
        "hilfsdienst beamtenbund halbmond nationalkongress währungsfonds staat wirtschaftsraum untergrund orden dom "
        "pol jakobsweg handel lehrstuhl mus preis garten pokal",
    ),
)
_ENDING_OF = {noun: ending for ending, nouns in _GENDERS for noun in nouns.split()}
_LENGTHS = sorted({len(noun) for noun in _ENDING_OF}, reverse=True)
_PLURALS = tuple(noun for ending, nouns in _GENDERS[:2] for noun in nouns.split())
# Not *Frankfurter*, which has no endings.
_ADJECTIVE = re.compile(
    r"[A-ZÄÖÜ][\w-]*[^\Waeiou](?:e[nsm]?|(?<=sch)er|(?<=[ai]g)er|(?<=lich)er|(?<=i[vk])er)|(?:Neu|Blau|Grau|Frei)e[nmrs]?"
)
_ENDING = re.compile(r"e[nrsm]?$")
# Adjectives, and *Thüringer*.
_BEFORE_NOUN = re.compile(r"[A-ZÄÖÜ][\w-]*e[nrs]")


def may_be_genitive(name: str) -> bool:
    """Whether a name ends as genitives do."""
    return name.endswith(("s", *_APOSTROPHES)) and not _OWN_NAME.fullmatch(name)


def may_end_in_own_s(name: str) -> bool:
    """Whether the -s at the end of a name belongs to it more often than not: *Paris*, *Markus*."""
    return _OWN_S.search(name) is not None


def without_genitive(name: str, stands_without: Callable[[str], bool], likely: bool) -> str:
    """A name without its genitive -s: *Putins Besuch* is about Putin.

    `stands_without` tells whether a spelling without it is known or stands in the same article; else
    the -s goes only if a genitive is `likely`, because a noun follows or it is a place, and if it
    cannot well be part of the name. *Paris* and *Carlos* keep theirs, and so does *Peters* in *Thomas
    Peters sagte*.
    """
    if name.endswith(("'s", "’s")):
        return name[:-2]
    if name.endswith(_APOSTROPHES):
        return name[:-1]
    last = re.split(r"[ -]", name)[-1]
    if len(name) < _SHORTEST_WITH_S or not last.endswith("s") or last.endswith("ss") or last.isupper():
        return name
    if _ending(last.lower()):  # *Währungsfonds*
        return name
    if stands_without(name[:-1]) or (likely and not may_end_in_own_s(last)):
        return name[:-1]
    return name


def without_long_genitive(name: str, stands: Callable[[str], bool], likely: bool) -> str:
    """A person's name without the genitive that names in s, ß, x and z may have: *Friedrich Merzens*, *Grassens*.

    `stands` tells whether a name stands in the article. If none does, what ends in z, x or ß is likely the name, unless
    it is a first name (*Franzens* is Franzen's) and no noun follows (`likely`).
    """
    bare = name.removesuffix("ens")
    last = re.split(r"[ -]", bare)[-1]
    if bare == name or len(last) < _SHORTEST_WITH_S or not last.endswith(("s", "ß", "x", "z")):
        return name
    if stands(f"{bare}en") or is_place(f"{last}en"):  # *Preußens*
        return f"{bare}en"
    is_long = likely and not last.endswith("s") and last not in first_names()
    return bare if is_long or stands(bare) else name


def genitive_before(text: str, start: int) -> bool:
    """Whether what stands before a place in a text has a noun in the genitive follow: *des alten* Roms."""
    return _ARTICLE_IN_GENITIVE.search(text, max(0, start - _LONGEST_BEFORE), start) is not None


@cached_by_name
def without_genitive_of_noun(name: str) -> str:
    """The name of a place or organisation without a genitive that its last noun tells: Bundestages, Mittelmeers,
    Thüringer Waldes, Südostasiens."""
    first, space, last = name.rpartition(" ")
    # *Robert Koch-Instituts*, or adjectives before the noun
    german = ("-" in last and type_by_end(name) is not None) or all(map(_BEFORE_NOUN.fullmatch, first.split()))
    for ending in ("es", "s"):
        bare = last.removesuffix(ending)
        if bare != last and german and (bare.lower().endswith("see") or _ending(bare.lower()) in ("es", "er")):
            return first + space + bare
    return name[:-1] if german and _PLACE_IN_GENITIVE.fullmatch(last) else name


@cached_by_name
def nominative(name: str) -> str:
    """A name of adjectives and a noun as it stands by itself: *Deutschen Bundestages*, *Europäischer Union*,
    *Deutschen Diabetes Gesellschaft*, *Technischen Universität Wien*, *Bundesamts für Naturschutz*.

    If the gender of the noun is not known by its end, the name stays as it is.
    """
    words = name.split()
    if len(words) < 2:
        return name
    end = next((at for at, word in enumerate(words) if at and word[0].islower()), len(words))
    before = list(takewhile(_stands_before_noun, words[: end - 1]))
    adjectives = [word for word in before if is_adjective(word)]
    if len(set(map(_adjective_ending, adjectives))) > 1:
        return name
    for at in dict.fromkeys((len(before), end - 1)):  # the first noun, or the last
        noun = words[at]
        for bare in _without_case(noun):
            ending = _ending(bare.lower())
            is_genitive = bare != noun and at + 1 < len(words) and ending in ("es", "er")  # *Klinikums Erding*
            if ending and (adjectives or is_genitive or noun == f"{bare}n"):
                return " ".join([*_bent(before, ending), *words[len(before) : at], bare, *words[at + 1 :]])
    return name


def _without_case(noun: str) -> Iterator[str]:
    """A noun as it is written, and without what may be the ending of a genitive or of a plural's dative."""
    if noun.endswith("n") and noun[:-1].lower().endswith(_PLURALS):  # *Wählern*
        yield noun[:-1]
    yield noun
    genitives = (noun.removesuffix("s"), noun.removesuffix("es"))
    yield from (bare for bare in genitives if bare != noun and _ending(bare.lower()) in ("es", "er"))


def _stands_before_noun(word: str) -> bool:
    """Whether a word is an adjective or an origin: *Kieler*."""
    return is_adjective(word) or word.endswith("er")


def _bent(before: Iterable[str], ending: str) -> Iterator[str]:
    """What stands before a noun, adjectives with the ending that they have there in the nominative."""
    return (_ENDING.sub(ending, word) if is_adjective(word) else word for word in before)


def bent(name: str, ending: str) -> str:
    """A name that begins with adjectives, with this ending of each: *Deutsche Umwelthilfe*."""
    words = name.split()
    before = list(takewhile(is_adjective, words[:-1]))
    return " ".join([*_bent(before, ending), *words[len(before) :]])


def is_adjective(word: str) -> bool:
    """Whether a word in a name is an adjective: *Deutschen*, but not *Staatsunternehmen*, *Diabetes*, *Cambridge*,
    *München* or *Leipziger*."""
    if not _ADJECTIVE.fullmatch(word) or is_place(word) or (word.endswith("er") and is_place(word[:-2])):
        return False
    if word.endswith("en") and is_noun(word):  # *Alten* is both
        return all(is_small_word(f"{word[:-2]}{ending}") for ending in ("es", "em"))
    return not (word.endswith("es") and (is_noun(word) or is_noun(word[:-2])))


def is_place(word: str) -> bool:
    """Whether a word is the name of a large city, or of a place that the program knows."""
    known = known_names().get(spelling_key(word))
    return is_city(word) or (known is not None and known.type == "place")


def is_country(word: str) -> bool:
    """Whether a word is the name of a country or a continent."""
    return word in _countries()


@cache
def _countries() -> frozenset[str]:
    return listed_names("countries.txt") | {"Großbritannien", "England", "Schottland", "USA"}


def _adjective_ending(adjective: str) -> str:
    """The ending of an adjective."""
    return "".join(_ENDING.findall(adjective))


@cached_by_name
def _ending(noun: str) -> str:
    """What adjectives before a noun end with in the nominative, "" if its gender is not known."""
    ends = (noun[-length:] for length in _LENGTHS)
    return next((_ENDING_OF[end] for end in ends if end in _ENDING_OF), "")
