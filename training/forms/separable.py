"""Which verbs stand apart from their prefix in a clause? Those with zu or ge behind it in the lists, or in the news."""

from __future__ import annotations

from collections.abc import Mapping

from search.german.folding import without_diacritics
from search.german.stemming import stem_of_folded
from training.forms.handmade import strong_verbs
from training.forms.verbs import infinitives, verb_base
from training.lexicon.lists import Lists

PREFIXES = """
ab an auf aus bei bekannt bevor dar durch ein entgegen fehl fest fort frei gegenüber her heraus herein herum herunter
hervor hin hinaus hinein hinunter hinweg hinzu hoch klar los mit nach nahe nieder preis sicher statt teil um unter vor
voran voraus vorbei wahr weg weiter wieder zu zurück zusammen über
""".split()
# These are prefixes of other verbs, too, which they never leave: übersetzen.
INSEPARABLE_TOO = {"durch", "über", "um", "unter", "wieder"}
# Far more often with a preposition behind them, or no verbs: hat aus Berlin, so lange durch.
NO_BASES = {"hab", "lang"}
BASES = {"vor": {"hab"}}


def separable_verbs(lists: Lists, forms: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """For each prefix the stems of the verbs that it stands apart from, each with that of the whole verb.

    `forms` is what is known of words, packed.
    """
    found: dict[str, dict[str, str]] = {prefix: {} for prefix in PREFIXES}
    bases = infinitives(lists) | {verb.infinitive for verb in strong_verbs()}
    for prefix, verbs in found.items():
        before = without_diacritics(prefix)
        for verb in sorted(
            word
            for word in lists.words
            if word.startswith(before) and word.endswith("n") and len(word) > len(before) + 2
        ):
            base = verb.removeprefix(before)
            own = stem_of_folded(base, forms.get)
            in_two = base in lists.words and not lists.words.isdisjoint(_divided(before, base))
            if prefix not in INSEPARABLE_TOO and verb in lists.bands and base in bases:
                in_two = True  # what the news have of it is mostly apart
            if in_two and own not in NO_BASES - BASES.get(prefix, set()):
                verbs.setdefault(own, stem_of_folded(verb, forms.get))
    return found


def _divided(prefix: str, base: str) -> tuple[str, ...]:
    """Forms of a verb in which something stands behind its prefix: abzulehnen, abgelehnt."""
    bare = verb_base(base)
    return f"{prefix}zu{base}", f"{prefix}ge{bare}t", f"{prefix}ge{bare}et"
