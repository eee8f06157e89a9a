"""Is a name of one word a firm's, although it looks like a person's?

*Danone* is listed, *Kornmüller* has a share, and *Asklepios* stands behind *Klinikkonzern*.
"""

from __future__ import annotations

from functools import cache

from indexer.resolution.aliases import spelling_key
from indexer.resolution.found_names import FoundName, Texts
from indexer.resolution.lists import listed_names
from indexer.resolution.nouns import is_person_name

# What firms have and persons have not, behind the name and a hyphen. *Trump-Tochter* is his daughter.
_OF_FIRMS = ("Konzern", "Konzerns", "Aktie", "Aktien", "Chef", "Chefin", "Aufsichtsrat", "Filiale",
             "Filialen", "Beschäftigte", "Beschäftigten", "Kunden")  # fmt: skip

# What organisations are, at the end of a word before their name. Not what persons are, too (Händler, Betreiber), nor
# what stands before names that do not belong to it: *einige Sender Bush*, *die Partei Trumps*, *dass der Verein Klopp
# entlässt*.
_KINDS = tuple(
    "konzern firma unternehmen hersteller anbieter dienstleister zulieferer versicherer discounter autovermieter "
    "klinikbetreiber netzbetreiber reederei fluglinie airline brauerei kette agentur gesellschaft gruppe portal "
    "plattform netzwerk magazin verlag start-up startup privatbank großbank organisation behörde miliz lieferdienst "
    "riese".split()
)
# These are called so by themselves, while behind *der Konzern* somebody may stand whom it dismisses.
_BY_THEMSELVES = ("Firma", "Start-up", "Startup")
_OPENING = ' "„»'  # what may stand between the kind and the name
_LONGEST_KIND = 40  # characters


def is_firm(written: str) -> bool:
    """Whether a name is that of a firm on the lists that ship."""
    return spelling_key(written) in _listed()


def is_called_firm(written: str, texts: Texts) -> bool:
    """Whether a text says of a name of one word what is said of firms: *Innogy-Chef*, *Tönnies-Konzern*.

    Parties and the like have a board, too: *Wagenknecht-Vorstand* says nothing of a last name.
    """
    if " " in written:
        return False
    ends = _OF_FIRMS if is_person_name(written) else (*_OF_FIRMS, "Vorstand")
    said = (f"{written}-{end}" for end in ends)
    return any(one in words.distinct for one in said for words in texts.values())


def is_introduced_as_firm(one: FoundName, texts: Texts) -> bool:
    """Whether a name of one word stands behind what organisations are: *der Klinikkonzern Asklepios*."""
    span, text = one.span, texts[one.span.field].text
    if " " in one.written or text[span.start : span.end] != one.written:  # *die Firma Müllers* is that of a person
        return False
    before = text[max(0, span.start - _LONGEST_KIND) : span.start]
    if not before.endswith(tuple(_OPENING)):
        return False
    kind = before.rstrip(_OPENING).rpartition(" ")[2].rpartition("\n")[2]
    if not kind.lower().endswith(_KINDS):
        return False
    return kind.lower() not in _KINDS or kind in _BY_THEMSELVES or not is_person_name(one.written)


@cache
def _listed() -> frozenset[str]:
    return frozenset(map(spelling_key, listed_names("firms.txt") | listed_names("stock_firms.txt")))
