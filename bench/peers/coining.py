"""New words and names, as news bring them: compounds, surnames, persons.

A coined word comes again as real ones do: each use is a new word with some probability, else one
of the recent uses once more (Simon, Biometrika 42, 1955). That gives the long tail of words that
occur once, and words that many articles share for a while.
"""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Callable

# Of the places where a coined word stands, the share where it is new.
NEW = 0.4
NEW_NAME = 0.1
RECENT = 50_000  # uses that are remembered
COMPOUNDS = 0.7  # of coined words; the others are names

FIRST_NAMES = """
    Anna Maria Lena Katharina Sabine Petra Ursula Monika Claudia Birgit Andrea Stefanie Julia Laura Heike Renate
    Michael Thomas Andreas Stefan Christian Martin Markus Matthias Frank Peter Klaus Wolfgang Jürgen Dieter
    Uwe Bernd Ralf Holger Jens Torsten Mehmet Ayşe Olga Igor Elif Jonas Lukas Felix Emil Paul
""".split()
PLACES = """
    Berlin Hamburg München Köln Frankfurt Stuttgart Düsseldorf Leipzig Dortmund Essen Bremen Dresden Hannover
    Nürnberg Duisburg Bochum Wuppertal Bielefeld Bonn Münster Mannheim Karlsruhe Augsburg Wiesbaden Wien Graz
    Linz Salzburg Innsbruck Zürich Genf Basel Bern Paris London Rom Madrid Warschau Prag Brüssel Moskau Kiew
    Washington Peking Tokio Brasilien Frankreich Italien Spanien Polen Ukraine Russland China Japan Indien
""".split()
ORGANISATIONS = (
    """
    Bundestag;Bundesrat;Europäische Union;Vereinte Nationen;Deutsche Bahn;Lufthansa;Siemens;Volkswagen;SPD;CDU;
    Bündnis 90/Die Grünen;FDP;Deutsche Bank;Europäische Zentralbank;NATO;Greenpeace;Rotes Kreuz;
    Weltgesundheitsorganisation;Bundesverfassungsgericht;Deutscher Fußball-Bund;Bundeswehr;Telekom;
    Max-Planck-Gesellschaft;Technisches Hilfswerk;Verdi
""".replace("\n    ", "")
    .strip()
    .split(";")
)
_ONSETS = "B Br D Dr F Fl G Gr H J K Kl Kr L M N P Pf R S Sch Schm St T Tr V W Z".split()
_VOWELS = "a e i o u au ei eu ie ä ö ü".split()
_CODAS = "b ck ff g hl hn k ll ld lk lm lz m mm n nd nk nn r rd rg rk rn rs rt s ss st tt tz x".split()
_ENDINGS = "er mann meier berg hofer ing ert inger ke ow ski bauer feld stein - - -".split()


class Recurring:
    """Things of which a use is a new one or a recent one once more."""

    def __init__(self, chance: random.Random, new: float, make: Callable[[], str]) -> None:
        self._chance = chance
        self._new = new
        self._make = make
        self._uses: deque[str] = deque(maxlen=RECENT)

    def use(self) -> str:
        """The next one."""
        again = self._uses and self._chance.random() >= self._new
        thing = self._uses[int(self._chance.random() * len(self._uses))] if again else self._make()
        self._uses.append(thing)
        return thing


class Coinage:
    """Coins words that a growing vocabulary does not know, and names of persons."""

    def __init__(self, chance: random.Random, nouns: tuple[str, ...], known: set[str]) -> None:
        self._chance = chance
        self._nouns = nouns
        self._known = known
        self.words = Recurring(chance, NEW, self._new_word)
        self.persons = Recurring(chance, NEW_NAME, self._person)

    def _new_word(self) -> str:
        while True:
            word = self._compound() if self._chance.random() < COMPOUNDS else self._surname()
            if word.lower() not in self._known:
                return word

    def _compound(self) -> str:
        first, second = self._chance.choice(self._nouns), self._chance.choice(self._nouns)
        link = "s" if first.endswith(("ung", "heit", "keit", "ion", "schaft")) else ""
        return first + link + second.lower()

    def _surname(self) -> str:
        choice = self._chance.choice
        root = choice(_ONSETS) + choice(_VOWELS) + choice(_CODAS)
        if self._chance.random() < 0.5:
            root += choice(_VOWELS[:5]) + choice(_CODAS)
        return root + choice(_ENDINGS).strip("-")

    def _person(self) -> str:
        return f"{self._chance.choice(FIRST_NAMES)} {self._surname()}"
