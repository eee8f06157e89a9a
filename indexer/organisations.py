"""Which organisations are in the news? Known names, explained abbreviations, legal forms, names behind their kind.

One organisation has one name in the whole archive, so an abbreviation is preferred to a long name,
which German declines (*der Internationale*, *des Internationalen Währungsfonds*).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from indexer.first_names import first_names
from indexer.names import CAPITALISED, UPPER, WORD_START, Prose, is_abbreviation, is_function_word
from indexer.organisation_names import (
    CLUBS,
    COMPANY_KINDS,
    EXPLAINED_KINDS,
    INSTITUTIONS,
    KIND_ENDS,
    LEGAL_FORMS,
    LISTED_AS,
)
from indexer.persons import is_office
from indexer.places import known_places

Found = tuple[int, str]

_RUN = rf"{CAPITALISED}(?: (?:& )?{CAPITALISED})"
_KNOWN_START = re.compile(rf"{WORD_START}[{''.join(sorted({name[0] for name in LISTED_AS}))}]\w*")
_EXPLAINED = re.compile(rf"\(([{UPPER}][{UPPER}\w-]{{0,8}}[{UPPER}])\)")
_LEGAL = re.compile(rf"{WORD_START}({_RUN}{{0,4}} (?:{'|'.join(map(re.escape, LEGAL_FORMS))}))(?!\w)")
_QUOTED = rf"[„\"“»]([{UPPER}][^„\"“”«:\n]{{1,40}})[\"“”«]"
_KIND = "|".join(f"[{end[0].upper()}{end[0]}]{end[1:]}" for end in KIND_ENDS)
_OF_KIND = re.compile(rf"{WORD_START}(?=[{UPPER}])[\w-]*?(?:{_KIND}) (?:{_QUOTED}|({_RUN}{{0,4}}(?!\w|\.\w)))")
_INSTITUTION = re.compile(rf"{WORD_START}(?:{'|'.join(INSTITUTIONS)}) (?:am |an der )?({CAPITALISED})")
# What prosecutors and judges do stands behind them like a name: *hat die Staatsanwaltschaft Anklage erhoben*.
_PROCEEDINGS = frozenset(
    "Anklage Freispruch Haftbefehl Haftbefehle Berufung Revision Klage Beschwerde Recht Anzeige Strafanzeige Einspruch "
    "Ermittlungen Durchsuchungen Gefängnis Haft Untersuchungshaft".split()
)
_CLUB = re.compile(
    rf"{WORD_START}(?:1\. )?(?:{'|'.join(CLUBS)}) (?:\d\d )?({CAPITALISED})(?: (\d\d(?!\d)|{CAPITALISED}))?"
)
_CONNECTING = frozenset(("und", "für", "zur", "zum", "of"))  # the name began before them
_LONGEST_EXPLANATION = 100
_NO_NAMES = frozenset(("NGO", "NRO"))  # explained like a name, but mean a kind
_WORDS = re.compile(r"[\w&]+")


def find_organisations(prose: Prose) -> list[str]:
    """The organisations in an article, one name each, in the order of appearance."""
    text = prose.text
    found = sorted((*_known(text), *_explained(text), *_with_legal_form(prose), *_of_kind(prose), *_named_after(prose)))
    names = list(dict.fromkeys(_listed(name) for _, name in found if name not in _NO_NAMES))
    # *FC Bayern* is the *FC Bayern München* of the same article.
    beginnings = {" ".join(words[:end]) for words in map(str.split, names) for end in range(1, len(words))}
    return [name for name in names if name not in beginnings]


def _listed(name: str) -> str:
    """The one name of an organisation in the archive, without the genitive -s of a known one."""
    return LISTED_AS.get(name) or LISTED_AS.get(name.removesuffix("s"), name)


def _known(text: str) -> Iterator[Found]:
    """Names of one organisation only, also at the front of a compound: *SPD-Politiker*."""
    names = _known_forms()
    for match in _KNOWN_START.finditer(text):
        for name in names.get(match[0], ()):
            end = match.start() + len(name)
            if text.startswith(name, match.start()) and not text[end : end + 1].isalnum():
                yield match.start(), LISTED_AS[_base(name)]
                break


@cache
def _known_forms() -> dict[str, list[str]]:
    """All known names with their inflected forms, by their first word, longer ones first."""
    forms: dict[str, list[str]] = {}
    for form in sorted((form for name in LISTED_AS for form in _inflected(name)), key=lambda form: -len(form)):
        forms.setdefault(_WORDS.findall(form)[0], []).append(form)
    return forms


def _inflected(name: str) -> set[str]:
    """A name with its endings: *Weißes Haus*, *Weißen Haus*, *Weißen Hauses*; abbreviations have none."""
    adjective, space, noun = name.partition(" ")
    forms = {name}
    if noun and adjective.endswith(("e", "er", "es")) and adjective != "Die":
        forms = {name, f"{adjective.rstrip('rs').removesuffix('e')}en{space}{noun}"}
    return forms if is_abbreviation(name) else forms | {form + ending for form in forms for ending in ("s", "es")}


@cache
def _base(form: str) -> str:
    """The known name that an inflected form belongs to."""
    return next(name for name in LISTED_AS if form in _inflected(name))


def _explained(text: str) -> Iterator[Found]:
    """Abbreviations in brackets behind the long name of an organisation: *Afrikanische Union (AU)*."""
    for match in _EXPLAINED.finditer(text):
        before = text[max(0, match.start() - _LONGEST_EXPLANATION) : match.start()]
        words = _WORDS.findall(re.split(r"[.!?:;()\n]", before)[-1] if before.rstrip() else "")
        if _is_explained(match[1], words):
            yield match.start(1), match[1]


def _is_explained(abbreviation: str, words: list[str]) -> bool:
    """Whether the last words before an abbreviation name an organisation and contain its letters in order."""
    for count in range(1, min(len(words), 2 * len(abbreviation)) + 1):
        name = words[-count:]
        if name[0][0].lower() == abbreviation[0].lower() and _has_letters("".join(name), abbreviation):
            return any(word.lower().endswith(EXPLAINED_KINDS) for word in name)
    return False


def _has_letters(name: str, abbreviation: str) -> bool:
    rest = iter(name.lower())
    return all(letter in rest for letter in abbreviation.lower() if letter.isalpha())


def _with_legal_form(prose: Prose) -> Iterator[Found]:
    """Companies and clubs with their legal form: *Deutsche Telekom AG*."""
    for match in _LEGAL.finditer(prose.text):
        words = match[1].split()
        if prose.word_before(match.start()) in _CONNECTING:
            continue
        while len(words) > 2 and (is_function_word(words[0]) or _is_kind(words[0]) or is_office(words[0])):
            words.pop(0)
        if words[0].endswith("schen"):  # *der Deutschen Telekom AG*
            words[0] = words[0].removesuffix("n")
        if not (is_function_word(words[0]) or _is_kind(words[0]) or words[0] in LEGAL_FORMS):
            yield match.start(), " ".join(words)


def _is_kind(word: str) -> bool:
    return word.lower().removesuffix("s").endswith(COMPANY_KINDS)


def _of_kind(prose: Prose) -> Iterator[Found]:
    """Names in apposition to the kind of organisation: *Nachrichtenagentur Reuters*, *Zeitung „Die Welt“*."""
    for match in _OF_KIND.finditer(prose.text):
        if match[1]:
            yield match.start(1), match[1].strip(" ,.")
        elif words := _proper(match[2].split(), prose):
            yield match.start(2), " ".join(words)


def _proper(words: list[str], prose: Prose) -> list[str]:
    """The words of a run up to the first that belongs to no name; an abbreviation is a name by itself."""
    if is_abbreviation(words[0]):
        return [] if is_function_word(words[0]) or words[0] in LEGAL_FORMS else words[:1]  # *DIE WELT* in capitals
    end = 0
    while end < len(words) and _is_proper(words[end], prose):
        end += 1
    return words[:end] if len(words[0]) > 3 or end > 1 else []  # a lone *The* or *Al* began a longer name


def _is_proper(word: str, prose: Prose) -> bool:
    is_place = word.removesuffix("s") in known_places() or word in known_places()
    return not (prose.is_common(word) or is_office(word) or is_place or word in first_names())


def _named_after(prose: Prose) -> Iterator[Found]:
    """Institutions and clubs with the name of a place or patron: *Landgericht Köln*, *1. FC Köln*."""
    for match in _INSTITUTION.finditer(prose.text):
        if len(match[1]) > 2 and match[1] not in _PROCEEDINGS and not prose.is_common(match[1]):
            yield match.start(), match[0]
    for match in _CLUB.finditer(prose.text):
        if len(match[1]) > 2 and not prose.is_common(match[1]):
            whole = match[2] is None or match[2].isdigit() or match[2] in known_places()
            yield match.start(), prose.text[match.start() : match.end(2 if whole and match[2] else 1)]
