"""Who is in the news? Persons by an office before the name, or by a known first name.

Precision goes before recall: a lone last name counts only behind an office ("US-Präsident Trump"), two
capitalised words only if the first is a known first name or the article uses the second one alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate

from indexer.first_names import first_names
from indexer.names import ARTICLES, PARTICLES, Prose, is_abbreviation, sequences, without_genitive
from indexer.places import known_places

# Ends of German words for offices, professions and ranks; each also stands for its inflected forms.
_OFFICES = (
    "kanzler präsident premier premierminister minister ministerpräsident sekretär bürgermeister meister sprecher "
    "chef trainer direktor kommissar kandidat politiker experte leiter führer beauftragter beauftragte "
    "botschafter könig prinz kaiser papst bischof kardinal senator autor regisseur schauspieler sänger professor "
    "forscher wissenschaftler richter anwalt vorsitzender vorsitzende abgeordneter abgeordnete stürmer torwart "
    "verteidiger spieler fahrer rennfahrer läufer schwimmer sieger siegerin reporter journalist redakteur "
    "historiker philosoph ökonom biologe astronom physiker philologe soziologe psychologe arzt pfarrer staatschef "
    "regierungschef manager unternehmer gründer inspektor kommandeur oberst major hauptmann leutnant admiral "
    "diktator machthaber rebellenführer herr herrn frau dr prof kollege kollegin nachfolger vorgänger amtsinhaber "
    "gouverneur landrat dezernent staatsanwalt schriftsteller komponist dirigent maler künstler architekt "
    "fotograf moderator kapitän astronaut kosmonaut pilot oppositionsführer parteichef geschäftsführer "
    "generalsekretär außenminister rapper musiker produzent designer patriarch metropolit imam ajatollah scheich "
    "sultan emir fürst herzog graf baron lord sir kronprinz prinzessin königin herzogin gräfin ärztin anwältin"
).split()
_INFLECTIONS = ("", "s", "n", "en", "e", "in", "innen", "r")
_OFFICE_ENDS = tuple({office + ending for office in _OFFICES for ending in _INFLECTIONS})
_CALLED_BY_FIRST_NAME = tuple("könig königin prinz prinzessin kaiser kaiserin papst sultan emir zar zarin".split())
_TITLES = frozenset(("Dr.", "Prof."))
# *Robert Koch-Institut*, *Peter Müller Preis*: what is named after a person ends like this.
_NAMED_AFTER_PERSONS = tuple(
    "institut stiftung preis platz straße strasse allee schule gymnasium universität haus zentrum museum halle arena "
    "stadion cup party market show award street center airport company band orchester quartett partei gesetz".split()
)
_LETTERS = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_INITIAL = re.compile(r"\w\.")


@dataclass(frozen=True)
class Mention:
    """A person's name as found at a position; `full` if it has more than a last name."""

    position: int
    name: str
    full: bool


def find_persons(prose: Prose, declared: Iterable[str] = ()) -> list[str]:
    """The persons in an article, one name each, in the order of appearance.

    A lone last name that belongs to one of the `declared` persons is left out.
    """
    runs = list(sequences(prose.text))
    finder = _Finder(prose, _followers(runs), Counter(word for _, words in runs for word in words))
    mentions = [mention for position, words in runs for mention in finder.mentions(position, words)]
    return _one_name_each(mentions, {part for name in declared for part in name.split()})


def is_office(word: str) -> bool:
    """Whether `word` is an office, title or profession: *Bundeskanzlerin*, *US-Präsident*, *Dr.*"""
    return word in _TITLES or word.lower().endswith(_OFFICE_ENDS)


def name_key(name: str) -> str:
    """Equal for spellings of one person's name: *Kim Jong-un* and *Kim Jong Un*, *George W. Bush*."""
    return " ".join(part for part in re.split(r"[\s-]+", name.casefold()) if not _INITIAL.fullmatch(part))


def _followers(runs: Iterable[tuple[int, list[str]]]) -> dict[tuple[str, str], Counter[str]]:
    """What follows each pair of words, "" where a run ends: *Kim Jong* is always followed by *Un*."""
    followers: dict[tuple[str, str], Counter[str]] = {}
    for _, words in runs:
        for first, second, third in zip(words, words[1:], [*words[2:], ""], strict=False):
            followers.setdefault((first, second), Counter())[third] += 1
    return followers


@dataclass(frozen=True)
class _Finder:
    """What one article tells about its names: what follows each pair of words, how often each word stands."""

    prose: Prose
    followers: dict[tuple[str, str], Counter[str]]
    counts: Counter[str]

    def mentions(self, position: int, words: list[str]) -> Iterator[Mention]:
        """The names in one run of capitalised words that begins at `position`."""
        positions = list(accumulate((len(word) + 1 for word in words), initial=position))
        start = 0
        while start < len(words):
            length = self._full_name(words, start)
            if not length and start > 0 and is_office(words[start - 1]):
                before = self.prose.word_before(position) if start == 1 else words[start - 2]
                length = self._name_after_office(words, start, before)
            if length and " ".join(words[start : start + length]) not in known_places():
                name = " ".join(words[start : start + length])
                name = without_genitive(name, self.prose, before_noun=start + length < len(words))
                yield Mention(positions[start], name, length > 1)
            start += length or 1

    def _full_name(self, words: list[str], start: int) -> int:
        """How many words from `start` are a first name with its last name; 0 if they are not."""
        end = start
        while end < len(words) and (self._is_first(words[end]) or (end > start and _INITIAL.fullmatch(words[end]))):
            end += 1
        if end == start:
            return 0
        last = end
        while last < len(words) and words[last] in PARTICLES:
            last += 1
        if last < len(words) and self._is_last(words[last]):
            return last + 1 - start + self._continued(words, last)
        # *Peter Paul*: the last of several first names may be a last name itself.
        return end - start if end - start > 1 and not _INITIAL.fullmatch(words[end - 1]) else 0

    def _continued(self, words: list[str], end: int) -> int:
        """How many more words belong to a name: those that follow it each time, at least twice (*Kim Jong Un*)."""
        more = 0
        while end + more + 1 < len(words):
            following = self.followers[words[end + more - 1], words[end + more]]
            if len(following) > 1 or following.total() < 2:
                break
            more += 1
        return more

    def _name_after_office(self, words: list[str], start: int, before: str) -> int:
        """How many words behind an office are a name without a known first name: one, or two if proven.

        *Präsident Trump* needs no proof. Behind an article word (*gab der Sprecher Auskunft*) an
        ordinary noun may stand there, and a name is one that comes again.
        """
        word = words[start]
        if not self._is_last(word) or (word in first_names() and not _is_royal(words[start - 1])):
            return 0
        if start + 1 == len(words):
            return int(before.lower() not in ARTICLES or self.counts[word] + self.counts[f"{word}s"] > 1)
        return 2 if self._is_last(words[start + 1]) and self._stands_alone(words[start + 1], word) else 0

    def _stands_alone(self, last: str, first: str) -> bool:
        """Whether the article uses the last name elsewhere without the first: *Mahmud Abbas*, later *Abbas*."""
        together = sum(self.followers[first, last].values())
        return self.counts[last] + self.counts[f"{last}s"] > together

    def _is_first(self, word: str) -> bool:
        known = all(part in first_names() for part in word.split("-"))
        return known and word not in known_places() and not self.prose.is_common(word)

    def _is_last(self, word: str) -> bool:
        if len(word) < 2 or not _LETTERS.fullmatch(word) or is_abbreviation(word) or is_office(word):
            return False
        if word.lower() in PARTICLES or word.lower().endswith(_NAMED_AFTER_PERSONS):
            return False
        is_place = word in known_places() or word.removesuffix("s") in known_places()
        return not (is_place or self.prose.is_common(word))


def _is_royal(office: str) -> bool:
    """Whether its holders are called by their first names: *Prinz Harry*, *Papst Franziskus*."""
    return office.lower().endswith(_CALLED_BY_FIRST_NAME)


def _one_name_each(mentions: Iterable[Mention], declared: set[str]) -> list[str]:
    """The full names, and of the last names those that belong to none of them."""
    mentions = sorted(mentions, key=lambda mention: mention.position)
    full = declared | {part for mention in mentions if mention.full for part in mention.name.split()}
    kept = [mention.name for mention in mentions if mention.full or mention.name not in full]
    # A guess that an -s is the genitive is wrong if the name also stands with -s where it cannot be one.
    longer = set(kept)
    kept = [name for name in kept if f"{name}s" not in longer]
    names: dict[str, str] = {}
    for name in kept:
        names.setdefault(name_key(name), name)
    return list(names.values())
