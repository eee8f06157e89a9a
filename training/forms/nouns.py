"""Which words are forms of which noun? All words are folded."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping

from search.german.compounds import split
from search.german.stemming import regular_stem
from training.forms.handmade import APART, NAMES, NOT_NOUNS
from training.forms.verbs import with_particles
from training.lexicon.grammar import without_umlaut
from training.lexicon.lists import Lists, proper_names

UMLAUTS = {"a": "ae", "o": "oe", "u": "ue"}

# What plurals of foreign nouns end with, and what their singulars have instead: Museen, Ministerien, Risiken, Lexika.
FOREIGN = {
    "en": ("um", "us", "a", "o", "on", "is", "os"),
    "een": ("us",),
    "ien": ("", "ium", "ion"),
    "a": ("um", "on"),
    "ata": ("a",),
    "i": ("us", "o"),
    "izes": ("ix", "ex"),
}
SHORTEST_FOREIGN = 4
UMLAUT_ALONE = ("el", "en", "er")  # endings of nouns whose plural may differ by its umlaut alone
# What unlisted foreign nouns end with, and not native ones: Ultimatum, but Altertum, Baum, Ergebnis, Preis.
UNLISTED = re.compile("(?:(?<![ta])um|(?<=[ao]t)um|(?<=[^aeiou])a|(?<![ne])is|(?<=[^aeiou])os)$")
ENDINGS = ("s", "es", "e", "n", "en", "er", "ern", "ns", "ens", "se", "ses", "sen", "nen")
BEHIND_E = ("s", "n", "ns")  # Namens, Seen
# What nouns end with that are inflected as adjectives: die Abgeordnete, ein Abgeordneter.
NOMINALISED = ("te", "ige", "iche", "ende", "ierte")
SHORTEST_NOMINALISED = 8
UNKNOWN = 70  # the band of a word that has none
RARE = 60  # the band of the rarest words
MUCH_RARER = 20  # bands; a form of a verb is none of a noun that is so much rarer: kamen and Kame
_S_IN_STEM = "abdfghklmnoprtvw"  # letters behind which an s is taken for an ending


def noun_stems(lists: Lists, verbs: frozenset[str], verb_forms: Container[str]) -> dict[str, str]:
    """The stem of every noun of the lists and of every form of one; a nominalised infinitive is none (Wandern).

    What can be a form of a verb is no foreign plural: warnten is not that of Warnton.
    """
    nouns = lists.nouns - verbs - NOT_NOUNS
    stems = {noun: _stem(noun, lists) for noun in nouns}
    stems |= {form: name for name in NAMES for form in (name, name + "s")}
    for noun in nouns:
        if masculine := _masculine(noun, nouns, lists):
            stems[noun] = stems[noun + "nen"] = stems[masculine]
    behind_particles = with_particles(verbs, lists)  # einführen is no plural of Einfuhr
    # But Nachfolgern is one of Nachfolger, not nach and folgern.
    all_verbs = verbs | {verb for verb in behind_particles if not (verb.endswith("ern") and verb[:-1] in nouns)}
    for form in lists.words - stems.keys() - NOT_NOUNS - all_verbs - proper_names():
        found = _lemmas(form, nouns, form in verb_forms, lists.bands)
        lemma = min(found, key=lambda noun: lists.bands.get(noun, UNKNOWN), default=None)
        if lemma and not (
            form in verb_forms and (_much_rarer(lemma, form, lists.bands) or _has_other_plural(form, verb_forms, lists))
        ):
            own = regular_stem(form)
            likely = {stems[noun] for noun in found if lists.bands.get(noun, RARE) < RARE}
            stems[form] = own if own in likely and lemma in lists.bands else stems[lemma]
    for noun in APART:  # of names, too, which are left out above: Keller, Kellers
        endings = ("n",) if noun.endswith("e") else ("s", "n")  # Rates is of Rat, not of Rate
        stems |= {form: noun for form in map(noun.__add__, endings) if form not in verbs and form not in nouns}
    for noun in nouns:
        nominalised = len(noun) >= SHORTEST_NOMINALISED and noun.endswith(NOMINALISED)
        if nominalised and noun + "r" in lists.words and noun + "r" not in nouns:
            stems[noun + "r"] = stems[noun]
    return _unlisted_plurals(stems, lists, verb_forms) | stems


def _unlisted_plurals(stems: Mapping[str, str], lists: Lists, verb_forms: Container[str]) -> dict[str, str]:
    """The stems of foreign plurals that no list has, of nouns in the news: Dogmen, Ultimaten, Konzilien."""
    found: dict[str, tuple[int, str]] = {}
    for noun in sorted(lists.nouns & lists.bands.keys() & stems.keys()):
        for form in _foreign_plurals(noun):
            if form not in lists.words and form not in verb_forms and form not in lists.bands:
                found[form] = min(found.get(form, (UNKNOWN, "")), (lists.bands[noun], stems[noun]))
    return {form: stem for form, (_, stem) in found.items()}


def _foreign_plurals(noun: str) -> Iterator[str]:
    """The plurals that a noun may have if it is a foreign one."""
    if len(noun) > SHORTEST_FOREIGN and not split(noun):  # of a compound the last part is looked up
        yield from (noun[: match.start()] + "en" for match in UNLISTED.finditer(noun))
        if noun.endswith("ma"):
            yield noun + "ta"
        if noun.endswith(("il", "eg", "iz")):
            yield noun + "ien"


def _much_rarer(noun: str, form: str, bands: Mapping[str, int]) -> bool:
    return bands.get(noun, UNKNOWN) > bands.get(form, UNKNOWN) + MUCH_RARER


def _has_other_plural(form: str, verb_forms: Container[str], lists: Lists) -> bool:
    """Whether a noun that a verb's form looks like has its plural with an umlaut: machte and Mächte."""
    others = (form[:at] + UMLAUTS[form[at]] + form[at + 1 :] for at in range(len(form)) if form[at] in UMLAUTS)
    return any(other in lists.words and other not in verb_forms for other in others)


def _stem(noun: str, lists: Lists) -> str:
    """The stem of a noun: that of Snowball, but for those in which an s is no ending: Kurs, Hals.

    Snowball takes -ung from Ankündigung, and of Veröffentlichung it leaves more than of veröffentlichen.
    """
    if noun in APART:
        return noun
    if noun.endswith("ium"):
        return noun.removesuffix("um")
    if noun.endswith("lichung"):
        return regular_stem(noun.removesuffix("ung") + "en")
    plain = regular_stem(noun)
    if len(plain) < len(noun) - 1 or noun[-1] != "s" or plain == noun or noun[-2] not in _S_IN_STEM:
        return plain
    own = noun[:-1] not in lists.nouns or {noun + "e", noun + "es", noun + "en"} & lists.words
    if not own:
        return plain
    stem = regular_stem(noun + "e")
    return stem if stem.endswith("s") else stem + "s"  # of Altglas that of Glas


def _masculine(noun: str, nouns: frozenset[str], lists: Lists) -> str | None:
    """The noun that a feminine in -in is made of: Ärztin -> Arzt, Kundin -> Kunde, Kanzlerin -> Kanzler."""
    if not noun.endswith("in") or noun + "nen" not in lists.words:
        return None
    base = noun.removesuffix("in")
    bases = (base + "e", base, without_umlaut(base), without_umlaut(base) + "e")  # Zeugin: Zeuge, not Zeug
    return next((found for found in bases if found in nouns and len(found) > 2), None)


def _lemmas(form: str, nouns: frozenset[str], verbal: bool, bands: Mapping[str, int]) -> list[str]:
    """The nouns that a form can be an inflection of: those with native endings first, and the longest of them."""
    found = sorted({*_inflected(form, nouns), *_umlauting(form, nouns, bands)}, key=len, reverse=True)
    if not verbal or form not in bands:
        for ending, singulars in FOREIGN.items():
            if form.endswith(ending):
                bases = (form.removesuffix(ending) + singular for singular in singulars)
                likely = (base for base in bases if base in bands or form not in bands)  # schön is no plural of Schoa
                found += [base for base in likely if base in nouns and len(base) > SHORTEST_FOREIGN]
    return found


def _umlauting(form: str, nouns: Container[str], bands: Mapping[str, int]) -> Iterator[str]:
    """The noun whose plural has an umlaut and no ending: Mütter, Gärten; but schöner is more frequent than Schoner."""
    plain = without_umlaut(form)
    frequent = bands.get(plain, UNKNOWN) <= bands.get(form, RARE)
    if plain != form and (plain in APART or (frequent and plain in nouns and form.endswith(UMLAUT_ALONE))):
        yield plain


def _inflected(form: str, nouns: frozenset[str]) -> Iterator[str]:
    """The nouns that a form has a native ending of."""
    for ending in ENDINGS:
        bare = form[: len(form) - len(ending)]
        if len(bare) > 2 and form.endswith(ending) and (ending in BEHIND_E or not bare.endswith("e")):
            yield from (noun for noun in (bare, without_umlaut(bare)) if noun in nouns)
