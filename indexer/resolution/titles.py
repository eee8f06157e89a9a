"""What stands before or behind a name and is no part of it? Titles, offices, kinds of places, legal forms."""

from __future__ import annotations

import re

# Ends of words for offices, professions and ranks; each also stands for its inflected forms.
_OFFICES = (
    "kanzler präsident premier premierminister minister sekretär meister sprecher chef trainer direktor kommissar "
    "kandidat politiker experte leiter führer beauftragter beauftragte botschafter könig prinz kaiser papst bischof "
    "kardinal senator autor regisseur schauspieler sänger professor forscher wissenschaftler anwalt vorsitzender "
    "vorsitzende abgeordneter abgeordnete historiker ökonom pfarrer gründer oberst general major hauptmann leutnant "
    "admiral diktator machthaber herr herrn frau dr prof gouverneur landrat dezernent staatsanwalt schriftsteller "
    "komponist dirigent moderator kapitän astronaut unternehmer manager generalsekretär patriarch imam ajatollah "
    "richter boss scheich sultan emir fürst herzog graf baron lord sir kronprinz prinzessin königin herzogin gräfin "
    "kaiserin ing"
).split()
_OFFICE_ENDS = tuple({office + ending for office in _OFFICES for ending in ("", "s", "n", "en", "in", "innen")})
_KIND_OF_PLACE = re.compile(r"^[A-ZÄÖÜ][\w-]*(?:staat|metropole|hauptstadt|hafenstadt|provinz|stadt) (?=[A-ZÄÖÜ])")
_LEGAL_FORM = re.compile(r"(?<=\w) (?:(?:AG|GmbH|SE|KG|KGaA|S\.E\.|Inc\.?|Corp\.?|Ltd\.?|plc|PLC|e\. ?V\.)(?: |$))+$")
_SMALL = re.compile(r"(?:[a-zäöüß][\w-]*e[nrsm]? )+(?=[A-ZÄÖÜ])")


def is_office(word: str) -> bool:
    """Whether a word is a title, an office or a profession, and so no name by itself."""
    return " " not in word and word.rstrip(".").lower().endswith(_OFFICE_ENDS)


def without_titles(name: str) -> str:
    """A person's name without the titles and offices before it: Bundeskanzler Olaf Scholz, Dr. Merkel."""
    words = name.split()
    while len(words) > 1 and is_office(words[0]) and words[1][0].isupper():
        words.pop(0)
    return " ".join(words)


def without_kinds(name: str) -> str:
    """The name of a place or organisation without what only tells its kind.

    That are adjectives in small letters (*deutschen Siemens*), kinds of places (*US-Westküstenstaat
    Alaska*), and legal forms (*Fresenius AG*).
    """
    if name[:1].islower():
        name = _SMALL.sub("", name, count=1)
    return _LEGAL_FORM.sub("", _KIND_OF_PLACE.sub("", name, count=1))
