"""Which town does its short name mean in an article? *Frankfurt* is Frankfurt (Oder), if that is the one it names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from indexer.resolution.aliases import Canonical
from indexer.resolution.found_names import FoundName
from indexer.resolution.nouns import is_city

# *Frankfurt (Oder)*, *Marburg/Lahn*, *Frankfurt am Main*, *Rothenburg ob der Tauber*, *Kirchheim unter Teck*.
_TOLD_APART = re.compile(
    r"(?P<short>[A-ZÄÖÜ][\w. -]*?)(?: \((?P<brackets>[^()]+)\)|/(?P<stroke>[^/]+)"
    r"| (?:a[mn]|auf|bei|i[mn]|ob|unter|vor)(?: de[nrm])? (?P<behind>[A-ZÄÖÜ].*))"
)

_LANDS = frozenset({"Brandenburg"})  # called like a town of theirs, and meant more often than it


def towns_by_short_names(
    found: Sequence[FoundName], declared: Sequence[str], fixed: Collection[str]
) -> Mapping[str, Canonical]:
    """The towns that an article names or declares in full by their short names, where only one of them has it.

    Short names that are `fixed` stand for what they stand for.
    """
    named = (one.by_itself() for one in found if one.span.type == "place")
    return _only_ones(dict.fromkeys([*(Canonical(name, "place") for name in declared), *named]), {*fixed, *_LANDS})


def _only_ones(places: Iterable[Canonical], fixed: Collection[str]) -> dict[str, Canonical]:
    towns: defaultdict[str, dict[str, Canonical]] = defaultdict(dict)  # by what tells them apart
    for place in places:
        match = _TOLD_APART.fullmatch(place.name)
        # *Hamburg/Berlin* are two.
        if match and match["short"] not in fixed and not is_city(match["stroke"] or ""):
            telling = match["brackets"] or match["stroke"] or match["behind"]
            towns[match["short"]].setdefault(telling, place)
    return {short: next(iter(some.values())) for short, some in towns.items() if len(some) == 1}
