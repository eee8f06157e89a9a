"""The query language for readers: what can be typed, as chapters of examples.

An example that finds nothing in an archive gives way to one of its `instead`, in which `{noun}` and the like are words
of the archive (web/pages/own_words.py). All texts are messages, to be translated when they are shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from web.translation import N_, gettext


@dataclass(frozen=True, slots=True)
class Example:
    """A query that can be tried, and what it finds; `instead` are patterns of others that show the same.

    `words` are those of the archive that the meaning names.
    """

    query: str
    meaning: str
    instead: tuple[tuple[str, str], ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)

    @property
    def explained(self) -> str:
        """What it finds, in the language of the page."""
        return gettext(self.meaning).format_map(self.words)


@dataclass(frozen=True, slots=True)
class Chapter:
    """One thing that readers can do; `anchor` is its address within the page."""

    anchor: str
    title: str
    text: str
    examples: tuple[Example, ...] = ()


# For the start page: the first MOST_START of these that find something.
START = ("{noun} {second}", '"{phrase}"', "{beginning}*", "datum:{year}", "ort:{place}", "person:{person}")
MOST_START = 4
CHAPTERS = (
    Chapter(
        "woerter",
        N_("Wörter"),
        N_(
            "Mehrere Wörter müssen alle im Artikel vorkommen, gleich in welcher Reihenfolge und ob groß oder klein "
            "geschrieben; kleine Wörter wie „in“ und „der“ dürfen fehlen. Kommen nirgends alle vor, zeigen wir "
            "Artikel, die einen Teil davon enthalten, und sagen es dazu. Ebenso, wenn Sie nach drei Wörtern oder mehr "
            "fragen. Über den Treffern steht, wie viele es sind, wenn nur genau diese Wörter zählen, auch andere "
            "Wortformen oder auch Wortteile; dort wählen Sie."
        ),
        (
            Example("Bundestag Wahl", N_("beide Wörter"), (("{noun} {second}", N_("beide Wörter")),)),
            Example(
                "Haus",
                N_("auch Häuser und Hauses"),
                (("Land", N_("auch Länder und Landes")), ("Jahr", N_("auch Jahre und Jahren"))),
            ),
            Example("Straße", N_("auch Strasse; Müller findet ebenso Mueller"), (("Müller", N_("auch Mueller")),)),
            Example("Wahl", N_("auch in Bundestagswahl und Wahlkampf")),
            Example(
                "Bundestagswahl", N_("auch Wahl zum Bundestag"), (("Parlamentswahl", N_("auch Wahl zum Parlament")),)
            ),
            Example(
                "Musiksammlung",
                N_("auch Musik-Sammlung"),
                (("Atomprogramm", N_("auch Atom-Programm")), ("Außenminister", N_("auch Außen-Minister"))),
            ),
            Example("Innenpolitik", N_("auch in Innen- und Außenpolitik")),
            Example("Präsident", N_("auch in US-Präsident")),
            Example(
                "Lehrerinnen",
                N_("auch Lehrer, Lehrer:innen und Lehrer*innen"),
                (
                    ("Bürgerinnen", N_("auch Bürger, Bürger:innen und Bürger*innen")),
                    ("Bürger", N_("auch Bürger:innen")),
                ),
            ),
            Example(
                "7-Tage-Inzidenz",
                N_("auch Sieben-Tage-Inzidenz; ebenso 5 % und 5 Prozent"),
                (("10 Prozent", N_("auch 10 %")), ("50 Prozent", N_("auch 50 %"))),
            ),
            Example(
                "8.5.1945",
                N_("auch 8. Mai 1945; ebenso § 219a und Paragraf 219a"),
                (("3.10.1990", N_("auch 3. Oktober 1990")), ("11.9.2001", N_("auch 11. September 2001"))),
            ),
            Example("USA", N_("auch U.S.A.; ebenso H&M und H & M")),
            Example(
                "Kyiv",
                N_("auch Kiew, und andere Namen von Städten"),
                (("Peking", N_("auch Beijing")), ("Mailand", N_("auch Milano"))),
            ),
        ),
    ),
    Chapter(
        "genau",
        N_("Genaue Schreibung"),
        N_(
            "Ein Gleichheitszeichen vor dem Wort lässt nur diese Schreibung gelten. "
            "Ohne das Zeichen stehen diese Treffer nur weiter oben."
        ),
        (Example("=Kohl", N_("Kohl, aber nicht Kohle"), (("={noun}", N_("nur {noun}, keine andere Form")),)),),
    ),
    Chapter(
        "folgen",
        N_("Wortfolgen"),
        N_(
            "Wörter in Anführungszeichen, auch in deutschen, müssen genau so hintereinander stehen. Mit einer Tilde "
            "dahinter gelten auch andere Wortformen, mit einer Zahl dürfen die Wörter so weit auseinanderstehen. Gibt "
            "es die genaue Folge nirgends, suchen wir nach anderen Formen der Wörter und bei längeren Zitaten nach den "
            "einzelnen Wörtern und sagen es dazu."
        ),
        (
            Example('"Berliner Mauer"', N_("genau diese Wortfolge"), (('"{phrase}"', N_("genau diese Wortfolge")),)),
            Example(
                '"strategisches Abkommen"~',
                N_("auch „strategischen Abkommens“"),
                (
                    ('"neue Regierung"~', N_("auch „neuen Regierung“")),
                    ('"{phrase}"~', N_("auch andere Formen der Wörter")),
                ),
            ),
            Example(
                '"Putin Trump"~5',
                N_("beide Wörter, höchstens fünf andere dazwischen"),
                (('"{noun} {second}"~5', N_("beide Wörter, höchstens fünf andere dazwischen")),),
            ),
        ),
    ),
    Chapter(
        "verknuepfen",
        N_("Verknüpfen und ausschließen"),
        N_(
            "UND, ODER und NICHT werden in Großbuchstaben geschrieben; AND, OR und NOT bedeuten dasselbe. Ein Minus "
            "vor dem Wort oder der Wortfolge schließt sie aus, ein Plus verlangt sie. Klammern halten zusammen, was "
            "zusammengehört. Was so verknüpft ist, gilt genau so; findet es nichts, bieten wir an, was weniger "
            "verlangt."
        ),
        (
            Example(
                "Berlin UND Mauer",
                N_("beide Wörter, auch wenn dann nichts gefunden wird"),
                (("{noun} UND {second}", N_("beide Wörter, auch wenn dann nichts gefunden wird")),),
            ),
            Example("+Berlin +Mauer", N_("dasselbe, kürzer"), (("+{noun} +{second}", N_("dasselbe, kürzer")),)),
            Example(
                "Bonn ODER Berlin",
                N_("wenigstens eines der Wörter"),
                (("{noun} ODER {second}", N_("wenigstens eines der Wörter")),),
            ),
            Example(
                "Wahl NICHT Bundestag",
                N_("das erste Wort ohne das zweite"),
                (("{noun} NICHT Wahl", N_("das erste Wort ohne das zweite")),),
            ),
            Example("Wahl -Bundestag", N_("dasselbe, kürzer"), (("{noun} -Wahl", N_("dasselbe, kürzer")),)),
            Example(
                "(Bonn ODER Berlin) Mauer",
                N_("eine der Städte und das Wort Mauer"),
                (("(Wahl ODER {noun}) {second}", N_("eines der ersten Wörter und das Wort {second}")),),
            ),
        ),
    ),
    Chapter(
        "felder",
        N_("An einer bestimmten Stelle suchen"),
        N_(
            "Ein Feldname mit Doppelpunkt gilt für das Wort, die Wortfolge oder die Klammer danach. "
            "Auch die englischen Namen gehen: title, body, person, place, organisation, source, section, author."
        ),
        (
            Example("titel:Mauer", N_("in der Überschrift"), (("titel:{noun}", N_("in der Überschrift")),)),
            Example("text:Mauer", N_("im Text"), (("text:{noun}", N_("im Text")), ("text:Jahr", N_("im Text")))),
            Example("person:Kohl", N_("Menschen dieses Namens"), (("person:{person}", N_("Menschen dieses Namens")),)),
            Example("ort:Berlin", N_("Orte dieses Namens"), (("ort:{place}", N_("Orte dieses Namens")),)),
            Example(
                "organisation:NATO",
                N_("Organisationen dieses Namens"),
                (("organisation:{organisation}", N_("Organisationen dieses Namens")),),
            ),
            Example(
                "name:Berlin",
                N_("Menschen, Orte oder Organisationen dieses Namens"),
                (("name:{place}", N_("Menschen, Orte oder Organisationen dieses Namens")),),
            ),
            Example(
                "quelle:Chronik", N_("woher der Artikel stammt"), (("quelle:{source}", N_("woher der Artikel stammt")),)
            ),
            Example(
                "ressort:Politik",
                N_("das Ressort, in dem er erschien"),
                (("ressort:{section}", N_("das Ressort, in dem er erschien")),),
            ),
            Example(
                "autor:Muster", N_("wer ihn geschrieben hat"), (("autor:{author}", N_("wer ihn geschrieben hat")),)
            ),
            Example(
                'titel:"Berliner Mauer"',
                N_("die Wortfolge in der Überschrift"),
                (('titel:"{phrase}"', N_("die Wortfolge in der Überschrift")),),
            ),
            Example(
                "titel:(Bonn ODER Berlin)",
                N_("eine der Städte in der Überschrift"),
                (("titel:({noun} ODER {second})", N_("eines der Wörter in der Überschrift")),),
            ),
        ),
    ),
    Chapter(
        "zeit",
        N_("Zeitraum"),
        N_(
            "Ein Datum ist ein Tag, ein Monat oder ein Jahr, ohne Leerzeichen geschrieben; zwei Punkte stehen für "
            "„bis“, auch ohne Anfang oder ohne Ende. Artikel ohne Datum werden dann nicht gefunden. Daneben gibt es "
            "auf jeder Trefferseite die Felder „Von“ und „Bis“, in denen auch 13. August 2025 lesbar ist, einen "
            "Kalender und eine Zeitleiste."
        ),
        (
            Example("Mauer datum:1989", N_("aus diesem Jahr"), (("datum:{year}", N_("aus diesem Jahr")),)),
            Example("datum:1989-11", N_("aus diesem Monat"), (("datum:{month}", N_("aus diesem Monat")),)),
            Example("datum:9.11.1989", N_("von diesem Tag"), (("datum:{day}", N_("von diesem Tag")),)),
            Example(
                "datum:2024-03..2024-05",
                N_("von März bis Mai 2024"),
                (("datum:{year}-01..{month}", N_("von Januar bis zu diesem Monat")),),
            ),
            Example("datum:2020..", N_("seit Anfang 2020"), (("datum:{year}..", N_("seit Anfang dieses Jahres")),)),
        ),
    ),
    Chapter(
        "platzhalter",
        N_("Platzhalter und Tippfehler"),
        N_(
            "Ein Stern steht für beliebig viele Buchstaben, ein Fragezeichen mitten im Wort für einen. Davor müssen "
            "zwei Buchstaben stehen oder dahinter drei am Stück. Eine Tilde hinter dem Wort findet auch ähnlich "
            "geschriebene."
        ),
        (
            Example(
                "Ukrain*",
                N_("Ukraine, Ukrainer, ukrainisch …"),
                (("{beginning}*", N_("alle Wörter, die so beginnen")),),
            ),
            Example("*programm", N_("Atomprogramm, Wahlprogramm …"), (("*land", N_("Deutschland, Ausland …")),)),
            Example("M?ller", N_("Müller, Möller, Miller …"), (("Jahr?n", N_("Jahren …")),)),
            Example(
                "Selenskij~",
                N_("auch Selenskyj"),
                (("{misspelt}~", N_("auch {family}")), ("Deutschlend~", N_("auch Deutschland"))),
            ),
        ),
    ),
)
