"""Is the author of an article a person or an agency? By the shape of the name and the words in it."""

from __future__ import annotations

import re

# News agencies by the names that stand in bylines, lower-case.
AGENCIES = frozenset(
    "aa afp afx ansa ap apa apn awp bloomberg cnd dapd ddp dj dow-jones dpa dpa-afx dts efe epd ips "
    "itar-tass kap keystone kna ntb pa pte pti reuters ria rtr sda sid spa ots pap swp tass tt upi vwd wam xinhua"
    .split()
) | {"dow jones", "keystone-sda", "dpa-infocom", "the associated press", "associated press"}  # fmt: skip

_WORD = r"[^\W\d_][\w.'’-]*"
_PERSON = re.compile(rf"{_WORD}(?: {_WORD}){{1,4}}(?<!\.)|{_WORD}(?: {_WORD}){{0,3}}, {_WORD}(?: {_WORD}){{0,3}}")
_NO_PERSON = re.compile(
    r"^(?:der|die|das|the|le|la|les|el|il)\b|^\w+(?:deutsche|ische)[rsn]?\b|^(?:deutsche|associated)[rsn]?\b"
    r"|\b(?:and|et|und|gmbh|ag|e\. ?v|news|press|international|staff|team|online|tv|radio|magazin|media)\b"
    r"|(?:tag|tage|abend|morgen|wochen|volks)blatt\b|\w+post\b|anzeiger\b|kurier\b|presse\b"
    r"|agentur|büro|dienst|korrespondent|nachrichten|redaktion|verlag|zeitung|stiftung|institut|ministerium|verband"
    r"|verein\b|rundfunk|fernsehen|studio|\w\.(?:de|at|ch|com|net|org)\b",
    re.IGNORECASE,
)


def is_agency(name: str) -> bool:
    """Whether a name is that of a news agency: dpa, AFP, Dow Jones."""
    return name.casefold() in AGENCIES


def is_person(name: str) -> bool:
    """Whether a name is plainly a person's: two to five words, or family name, comma and given names.

    What may be an agency, an office or a newspaper is none: Redaktion Politik, DER SPIEGEL, Rheinische Post.
    """
    return bool(_PERSON.fullmatch(name)) and not _NO_PERSON.search(name) and not is_agency(name)
