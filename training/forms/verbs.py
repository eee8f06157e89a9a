"""Which verbs are there, and what are their forms? All words are folded."""

from __future__ import annotations

import re
from collections.abc import Collection, Container, Iterable, Iterator, Set
from functools import cache

from search.german.stemming import regular_stem
from training.forms.handmade import GE_VERBS, StrongVerb, strong_verbs, weak_verbs
from training.lexicon.lists import Lists, handmade

ADJECTIVE_ENDINGS = ("", "e", "em", "en", "er", "es")
PREFIXES = handmade("prefixes")
PARTICLES = handmade("particles") - PREFIXES
SEPARABLE_TOO = PARTICLES | set("durch ueber um unter voll wieder".split())
_NEEDS_E = re.compile("(?:[dt]|[^aeioulmnrh][mn]|ch[mn])$")  # öffnet, rechnet, but warnt, filmt, wohnt


def infinitives(lists: Lists) -> frozenset[str]:
    """The words that are infinitives, as the lists have their other forms, too, or were written by hand."""
    words = lists.words
    found = set(weak_verbs() | _with_prefixes(words))
    # Gefielt is no participle of a fielen, and schien no infinitive.
    past = {form for verb in strong_verbs() if verb.past for form in (verb.past, verb.past.removesuffix("e") + "en")}
    for word in words - past:
        bare = verb_base(word)
        if len(bare) > 2 and bare != word:
            present = {bare + "t", bare + "et"} & words
            past = {bare + "te", bare + "ete"} & words
            participle = {f"ge{bare}t", f"ge{bare}et"} & words
            if present and (past or participle):
                found.add(word)
    found -= {verb for verb in found - weak_verbs() if _is_past(verb, found, words)}
    unlikely = {verb for verb in found if _has_shorter_spelling(verb, found) or _is_noun_in_n(verb, words)}
    return frozenset(found - (unlikely - weak_verbs()))


def _has_shorter_spelling(verb: str, verbs: Container[str]) -> bool:
    """Whether a verb is kümmern in another spelling, kümmeren."""
    return verb.endswith(("eren", "elen")) and verb[:-2] + "n" in verbs


def _is_noun_in_n(verb: str, words: Container[str]) -> bool:
    """Whether what looks like an infinitive is a noun: Konzern, as there are Konzernen, and Konzert seems its form."""
    return verb.endswith(("ern", "eln")) and verb + "en" in words


def with_particles(verbs: Container[str], lists: Lists) -> frozenset[str]:
    """The words that are one of the verbs behind a particle, of which the news have a form in two: eingeführt.

    Without one they are nouns: Vorfällen, Mitgliedern.
    """
    return frozenset(
        word
        for word in lists.words
        if word.endswith("n")
        and any(
            word[at:] in verbs and any(form in lists.bands for form in divided(word[:at], word[at:]))
            for at in range(2, len(word) - 3)
            if word[:at] in SEPARABLE_TOO
        )
    )


def divided(particle: str, verb: str) -> Iterator[str]:
    """Forms of a verb in which something stands behind its particle: abzulehnen, abgelehnt, abgerufen."""
    bare = verb_base(verb)
    yield from (f"{particle}zu{verb}", f"{particle}ge{bare}t", f"{particle}ge{bare}et")
    if participle := strong_participle_of().get(verb):
        yield particle + participle


@cache
def strong_participle_of() -> dict[str, str]:
    """The participle of each strong verb."""
    return {verb.infinitive: verb.participle for verb in strong_verbs()}


def _is_past(word: str, verbs: Container[str], words: Container[str]) -> bool:
    """Whether what looks like an infinitive is the past of a weak verb: brauchten, atmeten."""
    short, long = word.removesuffix("ten"), word.removesuffix("eten")
    return (short + "en" in verbs and f"ge{short}t" in words) or (long != word and long + "en" in verbs)


def _with_prefixes(words: Set[str]) -> set[str]:
    """The strong verbs with a prefix or particle that words have, with no weak past or with a strong one: beschließen.

    Not with ge-: gefallen is more often the participle of fallen.
    """
    return {
        before + verb.infinitive
        for verb in strong_verbs()
        for before in (PREFIXES | PARTICLES) - {"ge"}
        if verb.past
        and before + verb.infinitive in words
        and (before + verb.past in words or (before in PREFIXES and not _is_weak(before + verb.infinitive, words)))
    }


def _is_weak(verb: str, words: Set[str]) -> bool:
    """Whether words have the weak past of a verb: begleitete, so that begleiten is no be- and gleiten."""
    base = verb_base(verb)
    return not words.isdisjoint({base + "te", base + "ete"})


def verb_base(infinitive: str) -> str:
    """The infinitive without its ending: warn, forder, sammel."""
    if infinitive.endswith(("ern", "eln")):
        return infinitive[:-1]
    return infinitive.removesuffix("en")


def verb_stem(infinitive: str, nouns: frozenset[str]) -> str:
    """The stem of a verb: of steuern that of Steuer, of fordern forder as in Forderung, else that of Snowball."""
    base = verb_base(infinitive)
    if infinitive.endswith(("ern", "eln")):
        return regular_stem(base) if base in nouns else base
    return regular_stem(infinitive)


def verb_stems(found: Iterable[str], lists: Lists) -> dict[str, str]:
    """The stem of every form of these verbs and of the strong ones."""
    strong = strong_verbs()
    verbs = {*found, *(verb.infinitive for verb in strong)}
    ordered = sorted(verbs, key=lambda verb: _rank(verb, verbs))
    stems: dict[str, str] = {}
    for forms in (
        strong_participles(ordered),
        strong_forms_of_all(ordered, strong, lists.words),
        ((verb, weak_forms(verb, verbs)) for verb in ordered),
    ):
        for verb, own in forms:
            for form in own:
                stems.setdefault(form, verb_stem(verb, lists.nouns))
    return stems | {verb: verb_stem(verb, lists.nouns) for verb in verbs}


def _rank(verb: str, verbs: Container[str]) -> tuple[int, str]:
    """The verb whose form it is comes first: gehört is of gehören, gereicht and gestellt are of reichen and stellen."""
    short = verb.removeprefix("ge")
    yields = short != verb and short in verbs and verb not in GE_VERBS
    return (1 - len(short) if yields else -len(verb)), verb


def strong_participles(verbs: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
    """The past participles of strong verbs with a prefix or particle: verboten, angeboten."""
    for verb in verbs:
        for before in (verb[:at] for at in range(2, len(verb) - 3) if verb[:at] in PREFIXES | PARTICLES):
            if participle := strong_participle_of().get(verb.removeprefix(before)):
                bare = participle.removeprefix("ge") if before in PREFIXES else participle
                yield verb, [before + bare + ending for ending in ADJECTIVE_ENDINGS]


def strong_forms_of_all(
    verbs: Collection[str], strong: Iterable[StrongVerb], words: Set[str]
) -> Iterator[tuple[str, Iterator[str]]]:
    """The forms of the strong verbs and of those that have a prefix or particle before one."""
    bases = {verb.infinitive: verb for verb in strong}
    for verb in verbs:
        if verb in bases:
            yield verb, strong_forms(bases[verb], verbs)
            continue
        for particle in (verb[:at] for at in range(2, len(verb) - 3) if verb[at:] in bases):
            base = bases[verb.removeprefix(particle)]
            if base.past and particle + base.past not in words and _is_weak(verb, words):
                continue
            if particle in PREFIXES | PARTICLES:
                yield verb, (particle + form for form in strong_forms(base, verbs))
            if particle in PREFIXES or particle in ("ueber", "unter", "um", "durch", "wider", "hinter"):
                participle = particle + base.participle.removeprefix("ge")
                yield verb, (participle + ending for ending in ADJECTIVE_ENDINGS)


def weak_forms(verb: str, verbs: Container[str]) -> Iterator[str]:
    """The present of a verb, and its past and participles if it is weak."""
    base = verb_base(verb)
    ending = "et" if _NEEDS_E.search(base) else "t"
    yield from (base + ending, base + "e", base + ("est" if ending == "et" else "st"))
    if verb.endswith(("ern", "eln")):
        yield base[:-2] + base[-1] + "e"  # fordre, sammle
    yield from (base + ending + more for more in ("e", "en", "est", "et"))
    yield from (ge + base + ending + more for ge in ("ge", "") for more in ADJECTIVE_ENDINGS)
    yield from (verb + "d" + more for more in ADJECTIVE_ENDINGS)
    for particle in (verb[:at] for at in range(2, len(verb) - 3) if verb[:at] in SEPARABLE_TOO and verb[at:] in verbs):
        bare = verb.removeprefix(particle)
        yield f"{particle}zu{bare}"
        yield from (f"{particle}ge{verb_base(bare)}{ending}{more}" for more in ADJECTIVE_ENDINGS)


def strong_forms(verb: StrongVerb, verbs: Container[str] = ()) -> Iterator[str]:
    """The forms of a strong verb that its infinitive does not tell, without those of other verbs.

    The past of gelingen is gelang, but gelangt comes from gelangen, and drängt from drängen, not from dringen.
    """
    past_alone = f"{verb.past}en" in verbs
    if verb.present:
        bare = verb.present.removesuffix("t") if verb.present != "tritt" else "trit"
        yield from (verb.present, bare + "st", bare + "t")
    if verb.past:
        yield verb.past
    if verb.past and not past_alone:
        yield from (verb.past + ending for ending in ("st", "est", "t", "et"))
        yield verb.past + ("n" if verb.past.endswith("e") else "en")
    if verb.subjunctive and verb.subjunctive + "n" not in verbs:
        bare = verb.subjunctive.removesuffix("e")
        yield from (bare + ending for ending in ("e", "est", "st", "en", "et", "t"))
    yield from (verb.participle + ending for ending in ADJECTIVE_ENDINGS)
