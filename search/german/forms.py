"""Which stem has a form that Snowball's rules do not lead to? Museen and Museum, gewarnt and warnen, Kurs and Kurse.

The words are those that `python -m training.forms` found in word lists: each with the stem that its lemma has. A word
that no list has is looked up by its head (Impf|zentren) or without its particles (ab|ge|stimmt, vor|ging); what is left
is for rules. All words are folded.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from marisa_trie import Trie

from search.german.compounds import part_starts
from search.german.folding import without_diacritics
from search.german.spellings import other_beginnings_of_spelling

NOUN, VERB = "n", "v"  # nouns can be the head of a compound, verbs can have particles

_INSEPARABLE = frozenset("be ent er ge hinter miss ver wider zer".split())
_PARTICLES = """
ab an auf aufrecht aus auseinander bei bekannt bereit da dabei dar davon dazu durch ein einher empor entgegen entlang
fehl fertig fest fort frei gegen gegenueber gleich her herab heran herauf heraus herbei herein herum herunter hervor
hin hinaus hinein hintan hinterher hinunter hinweg hinzu hoch kennen klar lahm los mit nach nahe nieder sicher statt
still teil ueber ueberein um umher unter voll vor voran voraus vorbei vorher vorueber vorweg wahr weg weiter wett
wieder zu zurecht zurueck zusammen zuvor zwischen
dicht dran drauf durcheinander fern gut heim inne kaputt krank offen preis schief schwer wach
be ent er ge hinter miss ver wider zer
"""
_PARTICLE = Trie(_PARTICLES.split())
_BEGINNINGS_OF_PARTICLES = frozenset(particle[:2] for particle in _PARTICLES.split())
_ONLY_PARTICLES = re.compile(f"(?:{'|'.join(_PARTICLES.split())})*")
_SHORTEST_VERB = 3
_VERB_ENDINGS = ("e", "en", "n", "er", "em", "es", "t", "st", "et", "est")
_PRESENT_PARTICIPLE = re.compile("(.+n)d(?:e[mnrs]?)?")
# What stands behind a particle: zu and an infinitive, or a weak participle.
_IN_TWO = re.compile("zu(.+?)e?n|ge(.+?)e?t(?:e[mnrs]?)?")
MOST_PARTICLES = 2  # wieder|auf|genommen

_UMLAUT = re.compile("[ao]e|(?<![aeq])ue")

# Behind particles Snowball takes more of an infinitive than alone: kündigen has kundig, ankündigen ankund.
_LOST_BEHIND_PARTICLES = re.compile("([aeiouy][^aeiouy].*(?<!e))ig$")

# What unknown words have and end with, and what stands there instead of it; the first that fits counts.
_RULES = tuple(
    (trigger, re.compile(pattern), instead)
    for trigger, pattern, instead in (
        ("iert", "(?<=..i)ert(?:e(?:[mnrs]|st|t)?)?$", ""),  # kritisierte: Snowball leaves kritisi of kritisieren
        ("lichung", "(?<=...)lichung(?:en|s)?$", ""),  # Veröffentlichung: of veröffentlichen Snowball leaves veroffent
        ("ium", "(?<=..)i(?:um|ums)$", "i"),  # Ministerium, Ministerien
        # Abgeriegelt, vermasselte: verbs in -eln, but Umwelt, Behälter, Entgelt, Zelt.
        ("elt", "(?<=..[bcdfghklmnprst])(?<!entg)elt(?:e[mnrs]?|est|et)?$", "el"),
        ("bl", "(?<=..[ai]b)l(?:er)?(?:e[mnrs]?)$", "el"),  # flexible, flexibler
        (
            "in",
            "(?<=...)(?:(?<=[^aeiou]..)(?<=log|gog|teg|tor|sor|[dlmnrv]it)in(?:nen)?|(?<=ist|ent|ant|and|iat)innen)$",
            "",
        ),  # Journalistin, Autorinnen
    )
)
# Whether any of them may fit, in half the time.
_ANY_RULE = re.compile("iert|ium|lichung|elt|bl|in(?:nen)?$")


class Form(NamedTuple):
    """What is known of a word: whether it is one of a noun or of a verb, and its stem."""

    kind: str
    stem: str


Known = Callable[[str], str | None]  # what is known of a word, packed


def packed(word: str, form: Form) -> str:
    """What is known of a word as letters: its kind, how many letters go at its end, and which come instead."""
    same = 0
    for one, other in zip(word, form.stem, strict=False):
        if one != other:
            break
        same += 1
    return f"{form.kind}{len(word) - same:02}{form.stem[same:]}"


def _stem(word: str, value: str) -> str:
    return word[: len(word) - int(value[1:3])] + value[3:]


@lru_cache(maxsize=1)
def known_forms() -> dict[str, str]:
    """The words that come with the package, read once, each with what `packed` gave.

    A dict, as each new word of a text is looked up several times, and a trie takes five times as long for that.
    """
    pieces = iter((Path(__file__).parent / "data/forms.txt").read_text(encoding="ascii").split())
    return dict(zip(pieces, pieces, strict=True))


def second_stem(word: str) -> str | None:
    """The stem of a word that is often read as a form of another word, too: verboten is verbiet and verbot."""
    return _second_stems().get(without_diacritics(word))


@lru_cache(maxsize=1)
def _second_stems() -> dict[str, str]:
    pieces = iter((Path(__file__).parent / "data/second_stems.txt").read_text(encoding="ascii").split())
    return dict(zip(pieces, pieces, strict=True))


@lru_cache(maxsize=1)
def separable_verbs() -> dict[str, dict[str, str]]:
    """For each prefix the stems of the verbs that it stands apart from, each with that of the whole verb."""
    file = Path(__file__).parent / "data" / "separable_verbs.txt"
    lines = (line.split() for line in file.read_text(encoding="utf-8").splitlines())
    return {prefix: dict(zip(stems[::2], stems[1::2], strict=True)) for prefix, *stems in lines}


@lru_cache(maxsize=1)
def _separable_by_folded_prefix() -> dict[str, dict[str, str]]:
    return {without_diacritics(prefix): verbs for prefix, verbs in separable_verbs().items()}


def is_noun(word: str) -> bool:
    """Whether a word is a noun in the first place, or no form that a table must tell."""
    return known_forms().get(without_diacritics(word), NOUN)[:1] == NOUN


@lru_cache(maxsize=1)
def _strong_beginnings() -> dict[str, list[str]]:
    """How forms of a stem begin that do not begin as it does: geh has ging."""
    file = Path(__file__).parent / "data/beginnings.json"
    found: dict[str, list[str]] = json.loads(file.read_text(encoding="ascii"))
    return found


@lru_cache(maxsize=1)
def _stems_of_verbs() -> frozenset[str]:
    """The stems of all verbs that are known, with their umlauts and as Snowball leaves those."""
    verbs = ((word, value) for word, value in known_forms().items() if value[0] == VERB)
    stems = {word[: len(word) - int(value[1:3])] + value[3:] for word, value in verbs}  # _stem, in half the time
    with_umlauts = (stem for stem in stems if "ae" in stem or "oe" in stem or "ue" in stem)
    return frozenset(stems | {_UMLAUT.sub(lambda umlaut: umlaut[0][0], stem) for stem in with_umlauts})


@lru_cache(maxsize=1_000)
def other_beginnings(stem: str) -> tuple[str, ...]:
    """How words may begin that have this stem, besides as it begins: ging, geging for geh; abgestimm for abstimm."""
    verbs = _stems_of_verbs()
    found = (
        before + infix + base
        for before, infixes in _beginnings_with_particles(stem, MOST_PARTICLES)
        for base in (stem[len(before) :], *_of_base(stem[len(before) :]))
        for infix in infixes
        if not infix or stem[len(before) :] in verbs
    )
    others = (*found, *other_beginnings_of_spelling(stem))
    return tuple(dict.fromkeys(beginning for beginning in others if not beginning.startswith(stem)))


def _beginnings_with_particles(stem: str, most: int) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The particles that a stem begins with, as letters, and what may stand behind them in a form."""
    yield "", ("", "ge")
    particles: list[str] = _PARTICLE.prefixes(stem) if most else []
    for particle in particles:
        yield particle, ("",) if particle in _INSEPARABLE else ("", "ge", "zu")
        for more, infixes in _beginnings_with_particles(stem[len(particle) :], most - 1):
            if more:
                yield particle + more, infixes


def _of_base(stem: str) -> list[str]:
    return _strong_beginnings().get(stem, [])


def only_particles(letters: str) -> bool:
    """Whether these letters are particles of a verb and nothing else, or none at all."""
    return _ONLY_PARTICLES.fullmatch(letters) is not None


def irregular_stem(word: str, known: Known) -> str | None:
    """The stem of a folded word that is a form Snowball cannot know, None if its rules do."""
    if found := known(word):
        return _stem(word, found)
    starts = part_starts(word)
    for start in starts:  # Fahrzeuge before Zeuge
        head = known(word[start:])
        if head and head[0] == NOUN:
            return word[:start] + _stem(word[start:], head)
    if not starts and (verb := _verb(word, known) or _with_particles(word, known, MOST_PARTICLES)):
        return verb
    return _by_rules(word) if _ANY_RULE.search(word) else None


def _by_rules(word: str) -> str | None:
    for trigger, pattern, instead in _RULES:
        if trigger in word and (match := pattern.search(word)):
            return word[: match.start()] + instead
    return None


def _with_particles(word: str, known: Known, most: int) -> str | None:
    """The stem of a verb with particles: of vorging that of vorgehen, of abzustimmen that of abstimmen."""
    if word[:2] not in _BEGINNINGS_OF_PARTICLES:
        return None
    particles: list[str] = _PARTICLE.prefixes(word)
    for particle in reversed(particles):
        rest = word[len(particle) :]
        if len(rest) < _SHORTEST_VERB:
            continue
        if whole := _listed(particle, rest):
            return whole
        found = _verb(rest, known)
        if not found and particle not in _INSEPARABLE:
            found = _behind_zu(rest, known)
        if not found and most > 1:
            found = _with_particles(rest, known, most - 1)
        if found:
            return particle + _LOST_BEHIND_PARTICLES.sub(r"\1", found)
    return None


def _verb(word: str, known: Known) -> str | None:
    """The stem of a verb's form, by a shorter form that is known: gewarnte and warntest by warnt, gingst by ging."""
    may_be_participle = word[:2] == "ge"
    for end in _ends_of_forms(word[-3:]):
        form = word[:end]
        found = known(form)
        if not found and may_be_participle and form[-1:] == "t":
            form = form[2:]
            found = known(form)
        if found and found[0] == VERB:
            return _stem(form, found)
    if "nd" not in word[-4:]:
        return None
    present = _PRESENT_PARTICIPLE.fullmatch(word)
    return _of_infinitive(present[1], known) if present else None


@lru_cache(maxsize=5_000)
def _ends_of_forms(last_letters: str) -> tuple[int | None, ...]:
    """Where a shorter form of a verb may end, by the last three letters; None is the end of the word."""
    if last_letters.endswith("tt"):  # laschtt has an error, and no two endings
        return (None,)
    return (None, *(-len(ending) for ending in _VERB_ENDINGS if last_letters.endswith(ending)))


def _behind_zu(word: str, known: Known) -> str | None:
    """The stem of an infinitive with the zu that stands behind particles: abzustimmen."""
    return _of_infinitive(word[2:], known) if word.startswith("zu") and word.endswith("n") else None


def _listed(particle: str, rest: str) -> str | None:
    """The stem of a verb that is listed with its particle, by its infinitive with zu or its participle in -t.

    abzuhalten, einzuladen, angestrengt, ausgestattet.
    """
    if rest[:2] not in ("zu", "ge") or not (match := _IN_TWO.fullmatch(rest)):
        return None
    listed = _separable_by_folded_prefix().get(particle, {})
    bare = match[1] or match[2]
    return listed.get(bare) or listed.get(_UMLAUT.sub(lambda umlaut: umlaut[0][0], bare))


def _known_verb(word: str, known: Known) -> str | None:
    found = known(word)
    if not found and word[:2] == "ge" and word[-1:] == "t":
        word = word[2:]
        found = known(word)
    return _stem(word, found) if found and found[0] == VERB else None


def _of_infinitive(word: str, known: Known) -> str | None:
    """The stem of an infinitive, if one of its forms in -t is known."""
    bare = word[:-2] if word.endswith("en") else word[:-1]
    if len(bare) < _SHORTEST_VERB - 1:  # lend is no participle of a len
        return None
    return next(
        filter(
            None, (_known_verb(bare + "t", known), _known_verb(bare + "et", known), _known_verb(f"ge{bare}t", known))
        ),
        None,
    )
