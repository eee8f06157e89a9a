"""Is a name that of a person, a place or an organisation? The recogniser may say one thing here and another there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from indexer.resolution.aliases import spelling_key
from indexer.resolution.found_names import FoundName


def with_one_type(found: Sequence[FoundName]) -> list[FoundName]:
    """The same names with one type for each spelling: the most frequent, the first one of equals."""
    spelled = [spelling_key(one.written) for one in found]
    counted = Counter(zip(spelled, (one.span.type for one in found), strict=True))
    best: dict[str, str] = {}
    for (written, type), number in counted.items():
        if number > counted[written, best.get(written, "")]:
            best[written] = type
    # *Netanyahu* is Benjamin Netanyahu, whatever else the recogniser takes him for.
    persons = [written.split() for written, type in best.items() if type == "person"]
    best |= {words[-1]: "person" for words in persons if len(words) > 1}
    return [one if one.fixed else one.of_type(best[written]) for written, one in zip(spelled, found, strict=True)]
