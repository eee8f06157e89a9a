"""What stands before or behind a name and is no part of it? Titles, offices, kinds of places, legal forms."""

from __future__ import annotations

import re

from indexer.resolution.cache import cached_by_name

# Ends of words for offices, professions and ranks; each also stands for its inflected forms.
_OFFICES = (
    "kanzler präsident premier premierminister minister sekretär meister sprecher chef trainer direktor kommissar "
    "kandidat politiker experte leiter führer beauftragter beauftragte botschafter könig prinz kaiser papst bischof "
    "kardinal senator autor regisseur schauspieler sänger professor forscher wissenschaftler anwalt vorsitzender "
    "vorsitzende abgeordneter abgeordnete historiker ökonom pfarrer gründer oberst general major hauptmann leutnant "
    "admiral diktator machthaber herr herrn frau gouverneur landrat dezernent staatsanwalt schriftsteller "
    "komponist dirigent moderator kapitän astronaut unternehmer manager berater generalsekretär patriarch ajatollah "
    "richter boss scheich sultan fürst herzog graf baron kronprinz prinzessin königin herzogin gräfin kaiserin"
).split()
_OFFICE_ENDS = tuple({office + ending for office in _OFFICES for ending in ("", "s", "n", "en", "in", "innen")})
# Titles that names end in as well, and so only by themselves: *Özdemir*, *Müntefering*, *Alexandr*, *Nasir*.
_SHORT_TITLES = frozenset("dr prof ing king kings sir lord lords emir emirs imam imams".split())
_KIND = re.compile(
    r"^(?:[A-ZÄÖÜ][\w-]*(?:staat|metropole|stadt|provinz|insel|nation|gemeinde|hochburg)|Bundesland|Insel|Ortsteil"
    r"|Stadtteil"
    r"|(?:[A-ZÄÖÜ][\w-]*)?(?:[Zz]eitung|[Mm]agazin|[Ss]ender|[Aa]gentur|[Aa]utobauer|(?:[Gg]irl|[Bb]oy|[Rr]ock|[Pp]op)band)s?"
    r"|(?:[A-ZÄÖÜ]\w+er )?(?:[A-ZÄÖÜ][\w-]*)?(?:[Kk]onzern|[Ff]irma|[Hh]ersteller|[Uu]nternehmen)s?) (?=[A-ZÄÖÜ])"
)
# *Marktforschungsinstitut GfK*, *NGO Germanwatch*, *Reederverband VDR*: the kind, before an abbreviation or behind NGO.
_KIND_OF_ORGANISATION = re.compile(
    r"^(?:NGO (?=[A-ZÄÖÜ])|[A-ZÄÖÜ][\w-]*(?:institut|verband|verein|organisation|gesellschaft|agentur|gewerkschaft"
    r"|behörde|sender|dienst|konzern|stiftung|forscher|anbieter)(?:e?s)? (?=\w*[A-ZÄÖÜ]\w*[A-ZÄÖÜ]\w*$))"
)
_LEGAL_FORM = re.compile(r"(?<=\w) (?:(?:AG|GmbH|SE|KG|KGaA|S\.E\.|Inc\.?|Corp\.?|Ltd\.?|plc|PLC|e\. ?V\.)(?: |$))+$")
_SMALL = re.compile(
    r"(?:(?:[a-zäöüß][\w-]*e[nrsm]?|am|im|beim|vom|zum|zur|an|in|auf|aus|von|und|and|on) )+(?=[A-ZÄÖÜ])"
)
# What several have together, and those who do: *Bündnis von Union*, *Koalition aus FDP*.
_TOGETHER = re.compile(
    r"^(?:[A-ZÄÖÜ][\w-]*)?(?:[Bb]ündnis|[Kk]oalition|[Aa]llianz|[Zz]usammenschluss|[Ff]usion|[Mm]ehrheit)(?:se?s)? "
    r"(?:von|aus|zwischen|mit) (?=[A-ZÄÖÜ])"
)
# What no name ends with, where the recogniser stopped too early: *Ministerium für*, *Clinton von*.
_UNFINISHED = re.compile(r"(?: (?:für|von|der|die|das|des|dem|den|und|am|im|in|zu|zur|zum|mit|of|and|for|et|al))+$")
# Organisations and places that have the name of a person: *Robert Koch-Institut*.
_NAMED_AFTER_PERSONS = {
    "organisation": "institut stiftung universität hochschule akademie schule gymnasium verein verband gesellschaft "
    "museum theater orchester verlag klinik klinikum krankenhaus hospital kolleg haus zentrum archiv bibliothek "
    "konzern gruppe werke",
    "place": "straße strasse platz allee weg ufer brücke flughafen stadion halle park ring damm insel",
}
_TYPE_OF_END = {end: type for type, ends in _NAMED_AFTER_PERSONS.items() for end in ends.split()}


def is_office(word: str) -> bool:
    """Whether a word is a title, an office or a profession, and so no name by itself."""
    bare = word.rstrip(".").lower()
    return " " not in word and (bare.endswith(_OFFICE_ENDS) or bare.rpartition("-")[2] in _SHORT_TITLES)


def without_titles(name: str) -> str:
    """A person's name without the titles and offices before it: Bundeskanzler Olaf Scholz, Dr. Merkel."""
    words = name.split()
    while len(words) > 1 and is_office(words[0]) and words[1][0].isupper():
        words.pop(0)
    return " ".join(words)


def without_unfinished(name: str) -> str:
    """A name without the small words at its end that lead to what was not found."""
    return _UNFINISHED.sub("", name)


@cached_by_name
def type_by_end(name: str) -> str | None:
    """The type of what is named after a person, by what stands behind the last hyphen; None if that tells none."""
    end = name.rpartition("-")[2].lower() if "-" in name else ""
    return next(
        (_TYPE_OF_END[bare] for bare in (end, end.removesuffix("s"), end.removesuffix("es")) if bare in _TYPE_OF_END),
        None,
    )


def without_kinds(name: str) -> str:
    """The name of a place or organisation without what only tells its kind.

    That are small words (*deutschen Siemens*, *am Institut für Ethik*), kinds of places (*US-Westküstenstaat Alaska*)
    and of firms (*Zeitung La Repubblica*), what it is part of (*Bündnis von Union*), and legal forms (*Fresenius AG*).
    """
    if small := _SMALL.match(name):
        name = name[small.end() :]
    name = _TOGETHER.sub("", name, count=1)
    return _LEGAL_FORM.sub("", _KIND_OF_ORGANISATION.sub("", _KIND.sub("", name, count=1), count=1))
