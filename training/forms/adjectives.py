"""Which adjectives have a stem that their forms do not begin with? All words are folded."""

from __future__ import annotations

from search.german.stemming import regular_stem, without_umlauts
from training.forms.handmade import ADJECTIVES, LOSING_E, UMLAUTING

ENDINGS = ("", "e", "em", "en", "er", "es")
COMPARED = ("", *(f"{step}{ending}" for step in ("er", "st", "est") for ending in ENDINGS))


def adjective_stems() -> dict[str, str]:
    """The stem of every form of these adjectives."""
    stems: dict[str, str] = {}
    for adjective in LOSING_E:
        short = adjective[:-2] + adjective[-1]
        stems |= {base + ending: adjective for base in (adjective, short) for ending in (*ENDINGS, *COMPARED)}
        stems.pop(short, None)
    for adjective in UMLAUTING:
        stem = regular_stem(adjective)
        bases = (adjective, _umlauted(adjective))
        forms = {base + ending for base in bases for ending in (*ENDINGS, *COMPARED)} - {bases[1]}
        forms |= {bases[1] + "t" + ending for ending in ENDINGS[1:] if adjective == "gross"}
        stems |= dict.fromkeys(forms, stem)
    stems |= {adjective + ending: adjective for adjective in ADJECTIVES for ending in (*ENDINGS, *COMPARED)}
    return {form: without_umlauts(stem) for form, stem in stems.items()}


def _umlauted(adjective: str) -> str:
    place = max(adjective.rfind(vowel) for vowel in "aou")
    return adjective[: place + 1] + "e" + adjective[place + 1 :]
