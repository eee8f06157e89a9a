"""Is a name that of a person, a place or an organisation? The recogniser may say one thing here and another there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from indexer.resolution.aliases import spelling_key
from indexer.resolution.firms import is_called_firm, is_firm
from indexer.resolution.found_names import FoundName, Texts


def with_one_type(texts: Texts, found: Sequence[FoundName]) -> list[FoundName]:
    """The same names with one type for each spelling: the most frequent, the first one of equals.

    Firms that look like persons are told by a list, or by what the texts say of them.
    """
    spelled = [spelling_key(one.written) for one in found]
    counted = Counter(zip(spelled, (one.span.type for one in found), strict=True))
    best: dict[str, str] = {}
    for (written, type), number in counted.items():
        if number > counted[written, best.get(written, "")]:
            best[written] = type
    # *Netanyahu* is Benjamin Netanyahu, whatever else the recogniser takes him for.
    full = {words[-1] for written, type in best.items() if type == "person" and len(words := written.split()) > 1}
    for key, one in dict(zip(spelled, found, strict=True)).items():
        if key in full:
            best[key] = "person"
        elif is_firm(one.written) or (best[key] == "person" and is_called_firm(one.written, texts)):
            best[key] = "organisation"
    return [one if one.fixed else one.of_type(best[written]) for written, one in zip(spelled, found, strict=True)]
