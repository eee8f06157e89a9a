"""Which verb stands apart from its prefix? *Die Züge fielen aus* has a form of ausfallen.

The prefix stands at the end of a clause, and the verb before it in the same clause. Nothing but a list tells which
verbs there are: the one that `python -m training.forms` found in word lists.

Such a place gives one term for the part layer: the stem that the verb has where it is written as one word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain

from search.german.forms import second_stem, separable_verbs
from search.german.stemming import stem
from search.german.tokens import Part, normalise

_ENDS = '.,;:!?()…–„“”"»«'
_PREFIX = (
    "a(?:b|n|uf|us)|be(?:i|kannt|vor)|d(?:ar|urch)|e(?:in|ntgegen)|f(?:ehl|est|ort|rei)|gegenüber"
    "|h(?:er(?:aus|ein|um|unter|vor)?|in(?:aus|ein|unter|weg|zu)?|och)|klar|los|mit|n(?:ach|ahe|ieder)|preis"
    "|s(?:icher|tatt)|teil|u(?:m|nter)|über|vor(?:an|aus|bei)?|w(?:ahr|eg|eiter|ieder)|zu(?:rück|sammen)?"
)
_BEHIND = rf"({_PREFIX})(?=[{_ENDS}]|\s(?:und|oder|sowie|aber|als|wie)\s|\s*\Z|\s*\n\s*\n)"
# One expression for each sign before it, as what begins with a certain character is found at the speed of memory.
_CLAUSE_ENDS = tuple(re.compile(sign + _BEHIND) for sign in " \n")
_LONGEST = 300  # characters of a clause that are looked at
# What a clause begins behind, each looked for by itself: that takes half the time of an expression.
_CLAUSE_STARTS = (*_ENDS, "\n\n", "\n \n", *(f" {word} " for word in ("und", "oder", "sowie", "aber", "doch")))
# What may be a finite verb: a word in small letters, or the first one of its clause that is no noun in -e or -en.
_VERB = re.compile(r"(?<![^\W_])(?:^\s*[A-ZÄÖÜ](?=\w*(?:te|ten|[^en\W])(?!\w)))?[a-zäöüß]{2,30}(?![^\W_])")
# What ends as a clause with a prefix does, and has none.
_NO_PREFIX = re.compile(
    r"\b(?:[uU]nd\sso|[vV]on\s(?:(?:zu\s)?Hause|(?:\w+\s)?(?:Anfang|Beginn|Grund|Geburt|Kindheit|Jugend)|heute|morgen|da"
    r"|dort|hier|sich|nun|jetzt|klein|\w*[mM]orgen|\w+tag|\d+))\Z"
)

_LONGEST_ENDING = 40  # characters


def separated_verbs(text: str) -> Iterator[Part]:
    """The terms of the verbs whose prefix ends their clause, each at the letters of the finite form."""
    for found in chain.from_iterable(end.finditer(text) for end in _CLAUSE_ENDS):
        offset = max(0, found.start() - _LONGEST)
        before = text[offset : found.start()]
        if part := None if _NO_PREFIX.search(before[-_LONGEST_ENDING:]) else _verb(before, separable_verbs()[found[1]]):
            yield Part(offset + part.start, offset + part.end, part.term)


def may_be_separated(term: str) -> bool:
    """Whether a term is that of a verb that may stand apart from its prefix."""
    return term in _terms()


def _verb(before: str, known: dict[str, str]) -> Part | None:
    """The first verb of the last clause of a text that is one of those known, by the stem of its own."""
    start = max([before.rfind(sign) + len(sign) for sign in _CLAUSE_STARTS if sign in before], default=0)
    for word in _VERB.finditer(before, start):
        letters = word[0].lstrip()
        exact = normalise(letters)
        own = stem(exact)
        participle = letters.startswith("ge") and not own.startswith("ge")
        term = known.get(own) or known.get(second_stem(exact) or "")
        if term and not participle:
            return Part(word.end() - len(letters), word.end(), term)
    return None


@lru_cache(maxsize=1)
def _terms() -> frozenset[str]:
    return frozenset(term for verbs in separable_verbs().values() for term in verbs.values())
