"""All words whose stem no rule tells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from search.german.compounds import last_part
from search.german.forms import NOUN, VERB, Form, packed
from search.german.prefilter import compiled, prefilter_pattern, stable_beginning
from search.german.spellings import one_spelling
from search.german.stemming import regular_stem, stem_of_folded, without_umlauts
from training.forms.adjectives import adjective_stems
from training.forms.handmade import (
    APART,
    BOTH,
    FORMS_OF_NOUNS,
    FORMS_OF_VERBS,
    NOT_NOUNS,
    NOUNS_APART,
    PLURALS,
    SAME,
    SELDOM_VERBS,
)
from training.forms.nouns import noun_stems
from training.forms.verbs import infinitives, strong_participle_of, strong_participles, verb_stems, with_particles
from training.lexicon.lists import Lists

ROUNDS = 2
SHORTEST_PARTICIPLE = 7
PARTICIPLE_BEGINNINGS = (
    "ge",
    *"be emp ent er hinter miss ver wider zer ueber unter durch um voll wieder auser".split(),
)
# Snowball takes more of infizieren and beschäftigen than their endings.
PARTICIPLE_ENDINGS = {t + ending for t in ("t", "et", "ert", "igt") for ending in ("e", "em", "en", "er", "es")}
NOMINALISED = ("ene", "enem", "enen", "ener", "enes")  # strong participles with an ending are no nouns of their own


def wanted(lists: Lists) -> tuple[dict[str, Form], dict[str, str]]:
    """The stem that each word of the lists, and each form of theirs, is to have; and the second stem of some."""
    verbs = infinitives(lists)
    of_verbs = verb_stems(verbs | with_particles(verbs | strong_participle_of().keys(), lists), lists)
    found = {form: Form(VERB, stem) for form, stem in of_verbs.items()}
    participles = {form for form in found if form.startswith("ge") and form.endswith("en")}
    participles |= {form for _, forms in strong_participles(verbs) for form in forms} - verbs - FORMS_OF_NOUNS
    participles |= FORMS_OF_VERBS
    listed = lists.nouns - NOT_NOUNS
    nouns = {form: Form(NOUN, stem) for form, stem in noun_stems(lists, verbs, frozenset(found)).items()}
    found |= {
        form: noun
        for form, noun in nouns.items()
        if not (form in found and not _is_declined(form, lists) and _is_participle(form, found[form].stem, listed))
        and (form not in participles or (form in lists.nouns and not form.endswith(NOMINALISED)))
    }
    found |= {form: Form(NOUN, stem) for form, stem in adjective_stems().items()}
    found |= {form: Form(NOUN, regular_stem(lemma)) for lemma, *forms in SAME for form in (lemma, *forms)}
    found |= {form: Form(NOUN, stem) for stem, *forms in NOUNS_APART for form in (stem, *forms)}
    found |= {noun + "n": Form(NOUN, noun) for noun in APART if noun + "n" in verbs}
    found |= _with_heads_apart(found, lists.nouns)
    spelt = {one_spelling(word): Form(kind, one_spelling(stem)) for word, (kind, stem) in found.items()}
    spelt |= {word: form for word, form in found.items() if one_spelling(word) == word}  # Bayern is no form of baiern
    kept = {word: form for word, form in spelt.items() if word.isascii() and word.isalpha() and len(word) < 64}
    return kept, _second_stems(kept, of_verbs, nouns)


def _with_heads_apart(found: Mapping[str, Form], listed: frozenset[str]) -> dict[str, Form]:
    """The forms of nouns whose last part is one with a stem of its own: Taschenmesser, but not Flugzeuge."""
    stems = APART | {stem for stem, *_ in NOUNS_APART}
    heads = {form: noun.stem for form, noun in found.items() if noun.stem in stems}
    nouns = {noun for noun in listed & found.keys() if found[noun].kind == NOUN}
    parted = ((noun, noun[: last_part(noun)]) for noun in sorted(nouns))
    stem_of = {
        found[noun].stem: before + heads[noun[len(before) :]]
        for noun, before in parted
        if before and noun[len(before) :] in heads
    }

    def has_other_head(form: str, stem: str) -> bool:
        own = (form[:end] for end in range(len(form), len(stem) - 1, -1))
        noun = next((word for word in own if word in nouns and found[word].stem == stem), None)
        return noun is not None and noun[last_part(noun) :] not in heads  # Neubaus is not of Neubauer

    return {
        form: Form(NOUN, stem_of[noun.stem])
        for form, noun in found.items()
        if noun.kind == NOUN and noun.stem in stem_of and not has_other_head(form, noun.stem)
    }


def _second_stems(first: Mapping[str, Form], of_verbs: Mapping[str, str], nouns: Mapping[str, Form]) -> dict[str, str]:
    """The stem of what is a form of a noun and of a verb as that of which it is not in the first place.

    Besides those of the list, the plurals that are infinitives, of nouns with a stem of their own: Raten, Zeugen.
    """
    both = BOTH | {plural for plural in map("{}n".format, APART) if plural in of_verbs} - SELDOM_VERBS
    second = {word: of_verbs[word] if first[word].kind == NOUN else nouns[word].stem for word in both}
    second |= {plural: nouns[noun].stem for plural, noun in PLURALS}
    return {word: without_umlauts(stem) for word, stem in second.items()}


def _is_declined(form: str, lists: Lists) -> bool:
    """Whether a form is that of a noun which merely ends as a participle does: Konzerte, Marktes, Fahrten."""
    for ending in ("es", "e", "en"):
        noun = form.removesuffix(ending)
        if noun != form and noun in lists.nouns:
            masculine = not lists.words.isdisjoint({noun + "s", noun + "es"})
            return masculine or (ending == "en" and noun + "e" not in lists.words)
    return False


def _is_participle(form: str, verb: str, nouns: frozenset[str]) -> bool:
    """Whether a noun is a weak participle: Verurteilte, Geflüchtete.

    One of the `nouns`, or its plural, is so only with the beginning of a participle: Schulter is none of schulen.
    """
    noun = form in nouns or form.removesuffix("n") in nouns
    if noun and "iert" not in form and not form[last_part(form) :].startswith(PARTICIPLE_BEGINNINGS):
        return False
    bare = without_umlauts(form.removeprefix("ge"))
    return len(form) >= SHORTEST_PARTICIPLE and bare.startswith(verb) and bare[len(verb) :] in PARTICIPLE_ENDINGS


def table(found: dict[str, Form]) -> dict[str, Form]:
    """What is wanted, without the words that the rules and shorter words lead to."""
    kept: dict[str, Form] = {}
    known: dict[str, str] = {}
    for _ in range(ROUNDS):  # what is kept leads words astray that were right without it
        for word in sorted(found.keys() - kept.keys(), key=lambda word: (len(word), word)):
            if stem_of_folded(word, known.get) != without_umlauts(found[word].stem):
                kept[word] = found[word]
                known[word] = packed(word, found[word])
    return kept


def beginnings(kept: Mapping[str, Form], second: Mapping[str, str]) -> dict[str, list[str]]:
    """For each stem how forms of it begin that the prefilter would not find by the stem."""
    found: dict[str, set[str]] = defaultdict(set)
    for word, form in kept.items():
        stem = without_umlauts(form.stem)
        bare = word.removeprefix("ge") if word.endswith("n") or word.endswith("t") else word
        if not _found_by(stem, word) and not _found_by(stem, bare):
            found[stem].add(stable_beginning(bare if form.kind == VERB else word))
    for word, stem in second.items():
        if not _found_by(stem, word):
            found[stem].add(stable_beginning(word))
    return {stem: sorted(others) for stem, others in sorted(found.items())}


def _found_by(stem: str, word: str) -> bool:
    pattern = prefilter_pattern(stem, inside=False)
    return pattern is None or bool(compiled(pattern).match(word.encode("ascii")))
