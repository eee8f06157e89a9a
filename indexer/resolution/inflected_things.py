"""Which names in an article are forms of one? *Die Deutsche Umwelthilfe* and *der Deutschen Umwelthilfe*.

Where the end of a noun does not tell its gender, the article before the name does.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from indexer.resolution.aliases import Canonical
from indexer.resolution.cache import cached_by_name
from indexer.resolution.found_names import FoundName, Texts
from indexer.resolution.inflection import bent, is_adjective

_LONGEST_ARTICLE = 4  # letters and a blank
# Before an adjective in -e an article stands in the nominative, or in the same form: *das Deutsche*, *die Deutsche*.
_ENDING_BEHIND = {"das": "es", "die": "e", "der": "er"}
_ENDING = re.compile(r"e[nrsm]?$")


def forms_of_one(texts: Texts, found: Sequence[FoundName]) -> Mapping[str, Canonical]:
    """By how they are written, the places and organisations that stand with several endings, in the nominative."""
    groups: defaultdict[tuple[str, str], list[FoundName]] = defaultdict(list)
    for one in found:
        is_possible = " " in one.written and not one.fixed and one.span.type != "person"
        if is_possible and (stem := _stem(one.by_itself().name)):
            groups[one.span.type, stem].append(one)
    several = [group for group in groups.values() if len({one.by_itself().name for one in group}) > 1]
    return {
        one.written: Canonical(name, one.span.type)
        for group in several
        if (name := _nominative(texts, group))
        for one in group
    }


@cached_by_name
def _stem(name: str) -> str:
    """A name of an adjective and more without the ending of the adjective, "" for another name."""
    first, _, rest = name.partition(" ")
    return f"{_ENDING.sub('', first)} {rest}" if rest and is_adjective(first) else ""


def _nominative(texts: Texts, group: Sequence[FoundName]) -> str:
    """The nominative of a name that stands with several endings, "" if no article tells it."""
    for one in group:
        first = one.by_itself().name.split()[0]
        text, start = texts[one.span.field].text, one.span.start
        article = text[max(0, start - _LONGEST_ARTICLE) : start].lower()
        ending = _ENDING_BEHIND.get(article[:-1]) if article.endswith(" ") and first.endswith("e") else None
        if ending:
            return bent(one.by_itself().name, ending)
    return ""
