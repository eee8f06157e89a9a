"""How names look in German text: capital letters, words that never are names, and the genitive -s."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

UPPER = "".join(chr(code) for code in range(0x250) if chr(code).isupper())
WORD = re.compile(r"\w+(?:[-'’]\w+)*\.?")
# Where a word may begin: not within another one. (Regular expressions here must not try again within
# one long word, or a text without spaces would take time that grows with the square of its length.)
WORD_START = r"(?<![\w-])(?<!\w['’])"
CAPITALISED = rf"[{UPPER}]\w*(?:[-'’]\w+)*"

# Words that decline with a noun. A capitalised word behind one of them is a noun, not a bare name.
ARTICLES = frozenset(
    "der die das den dem des ein eine einen einem einer eines kein keine keinen keinem keiner keines im am zum zur "
    "beim vom ins ans aufs dieser diese dieses diesen diesem jeder jede jedes jeden jedem sein seine seinen seinem "
    "seiner seines ihr ihre ihren ihrem ihrer ihres unser unsere unseren unserem unserer viele vielen mehrere mehr "
    "wenige einige alle allen aller beide beiden zwei drei vier fünf".split()
)
_CLOSED_CLASSES = frozenset(
    "ab aber als also am an auch auf aus außer außerdem bei beide bereits bevor bis da dabei dadurch dafür dagegen "
    "daher dann daneben danach daran darauf daraus darin darüber darum darunter davon davor dazu dass denn dennoch "
    "deren derzeit deshalb dessen deswegen doch dort durch ebenso eben er erst es etwa etwas für gegen gemeinsam "
    "gestern gleich gleichzeitig haben hat hatte heute hier hinter ich ihm ihn ihnen im immer in indem inzwischen "
    "insgesamt ist ja jedoch jetzt kaum konnte kann laut man mehr mit morgen nach nachdem neben nicht nichts noch "
    "nun nur nachts ob obwohl oder ohne schließlich schon seit seitdem selbst sich sie sind so sogar solche somit "
    "sondern sonst soll sollte sowie sowohl statt steht trotz trotzdem über um und uns unter viel vom von vor "
    "vorher während wann war waren warum was weder wegen weil weiter weitere welche wenn wer werden wie wieder wir "
    "wird wo wollte wurde wurden zu zuletzt zuerst zudem zufolge zugleich zum zumindest zur zuvor zwar zwischen "
    "allerdings anschließend angeblich beim dem daraufhin dabei damals damit damit erstmals frau herr herrn "
    "jahre jahr ende anfang mitte rund fast offenbar offensichtlich mindestens nächste letzte neue neuer neues".split()
)
CALENDAR = frozenset(
    "montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag januar jänner februar märz april mai juni "
    "juli august september oktober november dezember frühjahr frühling sommer herbst winter ostern pfingsten "
    "weihnachten silvester heute gestern uhr euro dollar prozent".split()
)
_NOUN_ENDINGS = (
    "ung", "ungen", "heit", "heiten", "keit", "keiten", "schaft", "schaften", "tion", "tionen", "ismus", "tät", "täten"
)  # fmt: skip
# Behind these -s belongs to the name more often than not: Paris, Dallas, Markus, Carlos, Moses.
_OWN_S = re.compile(r"(?:[aiousxzß]s|es)$")

_PAIR = re.compile(rf"\b(?<!von )(?<!van )(?<!zu )(\w+) ({CAPITALISED})")  # not *von der Leyen*
_WORD_BEFORE = re.compile(r"([\w.-]+) $")
_LONGEST_WORD = 40


@dataclass(frozen=True)
class Prose:
    """The text of an article, its title first, and which words it uses as ordinary nouns."""

    text: str

    @cached_property
    def words(self) -> frozenset[str]:
        """All its words as written."""
        return frozenset(word.rstrip(".") for word in WORD.findall(self.text))

    @cached_property
    def nouns(self) -> frozenset[str]:
        """The capitalised words that stand behind an article word somewhere in it: no bare names."""
        pairs = _PAIR.findall(self.text)
        return frozenset(word for before, word in pairs if before.lower() in ARTICLES)

    def word_before(self, position: int) -> str:
        """The word directly before a position, "" at the start of a line or behind a punctuation mark."""
        match = _WORD_BEFORE.search(self.text, max(0, position - _LONGEST_WORD), position)
        return match[1] if match else ""

    def is_common(self, word: str) -> bool:
        """Whether `word` is surely no proper name on its own."""
        return is_function_word(word) or word in self.nouns or (len(word) > 5 and word.endswith(_NOUN_ENDINGS))


def is_function_word(word: str) -> bool:
    """Whether `word` is an article, pronoun, conjunction, day, month or the like."""
    lower = word.lower()
    return lower in ARTICLES or lower in _CLOSED_CLASSES or lower in CALENDAR


def is_abbreviation(word: str) -> bool:
    """Whether `word` is written in capital letters throughout."""
    return len(word) > 1 and word.isupper()


def without_genitive(name: str, prose: Prose, before_noun: bool) -> str:
    """A name without its genitive -s: *Putins Besuch* is about Putin.

    The -s goes if the article has the bare form too, or if a noun follows and it cannot well be part
    of the name. *Paris* and *Carlos* keep theirs, and so does *Peters* in *Thomas Peters sagte*.
    """
    last = re.split(r"[ -]", name)[-1]
    if name.endswith(("'s", "’s")):
        return name[:-2]
    if len(last) < 4 or not last.endswith("s") or last.endswith("ss"):
        return name
    if last[:-1] in prose.words or (before_noun and not _OWN_S.search(last)):
        return name[:-1]
    return name


def sequences(text: str) -> Iterator[tuple[int, list[str]]]:
    """All runs of capitalised words on one line, with their position; name particles may stand between."""
    for match in _SEQUENCE.finditer(text):
        yield match.start(), match[0].split()


PARTICLES = frozenset("von van de der den zu du da dos del di bin ibn al el ten ter la le".split())
# *al-Naimi*: the Arabic article is part of the word.
_ONE = rf"(?:[{UPPER}]\.|(?:Dr|Prof|St)\.|(?:(?:a\w{{1,3}}|el|es|ul)-)?{CAPITALISED})"
_SEQUENCE = re.compile(rf"{WORD_START}{_ONE}(?: (?:(?:{'|'.join(sorted(PARTICLES))}) ){{0,2}}{_ONE})*")
