"""All words whose stem no rule tells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from search.german.forms import NOUN, VERB, Form, packed
from search.german.prefilter import compiled, prefilter_pattern, stable_beginning
from search.german.spellings import one_spelling
from search.german.stemming import regular_stem, stem_of_folded, without_umlauts
from training.forms.adjectives import adjective_stems
from training.forms.handmade import SAME
from training.forms.nouns import noun_stems
from training.forms.verbs import infinitives, verb_stems
from training.lexicon.lists import Lists

ROUNDS = 2
SHORTEST_PARTICIPLE = 7
PARTICIPLE_ENDINGS = {t + ending for t in ("t", "et") for ending in ("e", "em", "en", "er", "es")}


def wanted(lists: Lists) -> dict[str, Form]:
    """The stem that each word of the lists, and each form of theirs, is to have."""
    verbs = infinitives(lists)
    found = {form: Form(VERB, stem) for form, stem in verb_stems(verbs, lists).items()}
    participles = {form for form in found if form.startswith("ge") and form.endswith("en")}
    nouns = {form: Form(NOUN, stem) for form, stem in noun_stems(lists, verbs, frozenset(found)).items()}
    found |= {
        form: noun
        for form, noun in nouns.items()
        if not (form in found and _is_participle(form, found[form].stem))
        and (form in lists.nouns or form not in participles)
    }
    found |= {form: Form(NOUN, stem) for form, stem in adjective_stems().items()}
    found |= {form: Form(NOUN, regular_stem(lemma)) for lemma, *forms in SAME for form in (lemma, *forms)}
    spelt = {one_spelling(word): Form(kind, one_spelling(stem)) for word, (kind, stem) in found.items()}
    spelt |= {word: form for word, form in found.items() if one_spelling(word) == word}  # Bayern is no form of baiern
    return {word: form for word, form in spelt.items() if word.isascii() and word.isalpha() and len(word) < 64}


def _is_participle(form: str, verb: str) -> bool:
    """Whether a noun is a weak participle: Verurteilte, Geflüchtete."""
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


def beginnings(kept: Mapping[str, Form]) -> dict[str, list[str]]:
    """For each stem how forms of it begin that the prefilter would not find by the stem."""
    found: dict[str, set[str]] = defaultdict(set)
    for word, form in kept.items():
        stem = without_umlauts(form.stem)
        bare = word.removeprefix("ge") if word.endswith("n") or word.endswith("t") else word
        if not _found_by(stem, word) and not _found_by(stem, bare):
            found[stem].add(stable_beginning(bare if form.kind == VERB else word))
    return {stem: sorted(others) for stem, others in sorted(found.items())}


def _found_by(stem: str, word: str) -> bool:
    pattern = prefilter_pattern(stem, inside=False)
    return pattern is None or bool(compiled(pattern).match(word.encode("ascii")))
