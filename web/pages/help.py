"""The query language for readers: what can be typed, as chapters of examples.

An example that finds nothing in an archive gives way to one of its `instead`, in which `{noun}` and the like are words
of the archive (web/pages/own_words.py).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Example:
    """A query that can be tried, and what it finds; `instead` are patterns of others that show the same."""

    query: str
    meaning: str
    instead: tuple[tuple[str, str], ...] = ()


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
        "Wörter",
        "Mehrere Wörter müssen alle im Artikel vorkommen, gleich in welcher Reihenfolge und ob groß oder klein "
        "geschrieben; kleine Wörter wie „in“ und „der“ dürfen fehlen. Kommen nirgends alle vor, zeigen wir "
        "Artikel, die einen Teil davon enthalten, und sagen es dazu. Ebenso, wenn Sie nach drei Wörtern oder mehr "
        "fragen. Über den Treffern steht, wie viele es sind, wenn nur genau diese Wörter zählen, auch andere "
        "Wortformen oder auch Wortteile; dort wählen Sie.",
        (
            Example("Bundestag Wahl", "beide Wörter", (("{noun} {second}", "beide Wörter"),)),
            Example(
                "Haus",
                "auch Häuser und Hauses",
                (("Land", "auch Länder und Landes"), ("Jahr", "auch Jahre und Jahren")),
            ),
            Example("Straße", "auch Strasse; Müller findet ebenso Mueller", (("Müller", "auch Mueller"),)),
            Example("Wahl", "auch in Bundestagswahl und Wahlkampf"),
            Example("Bundestagswahl", "auch Wahl zum Bundestag", (("Parlamentswahl", "auch Wahl zum Parlament"),)),
            Example(
                "Musiksammlung",
                "auch Musik-Sammlung",
                (("Atomprogramm", "auch Atom-Programm"), ("Außenminister", "auch Außen-Minister")),
            ),
            Example("Innenpolitik", "auch in Innen- und Außenpolitik"),
            Example("Präsident", "auch in US-Präsident"),
            Example(
                "Lehrerinnen",
                "auch Lehrer, Lehrer:innen und Lehrer*innen",
                (("Bürgerinnen", "auch Bürger, Bürger:innen und Bürger*innen"), ("Bürger", "auch Bürger:innen")),
            ),
            Example(
                "7-Tage-Inzidenz",
                "auch Sieben-Tage-Inzidenz; ebenso 5 % und 5 Prozent",
                (("10 Prozent", "auch 10 %"), ("50 Prozent", "auch 50 %")),
            ),
            Example(
                "8.5.1945",
                "auch 8. Mai 1945; ebenso § 219a und Paragraf 219a",
                (("3.10.1990", "auch 3. Oktober 1990"), ("11.9.2001", "auch 11. September 2001")),
            ),
            Example("USA", "auch U.S.A.; ebenso H&M und H & M"),
            Example(
                "Kyiv",
                "auch Kiew, und andere Namen von Städten",
                (("Peking", "auch Beijing"), ("Mailand", "auch Milano")),
            ),
        ),
    ),
    Chapter(
        "genau",
        "Genaue Schreibung",
        "Ein Gleichheitszeichen vor dem Wort lässt nur diese Schreibung gelten. "
        "Ohne das Zeichen stehen diese Treffer nur weiter oben.",
        (Example("=Kohl", "Kohl, aber nicht Kohle", (("={noun}", "nur {noun}, keine andere Form"),)),),
    ),
    Chapter(
        "folgen",
        "Wortfolgen",
        "Wörter in Anführungszeichen, auch in deutschen, müssen genau so hintereinander stehen. Mit einer Tilde "
        "dahinter gelten auch andere Wortformen, mit einer Zahl dürfen die Wörter so weit auseinanderstehen. "
        "Gibt es die genaue Folge nirgends, suchen wir nach anderen Formen der Wörter und bei längeren Zitaten nach "
        "den einzelnen Wörtern und sagen es dazu.",
        (
            Example('"Berliner Mauer"', "genau diese Wortfolge", (('"{phrase}"', "genau diese Wortfolge"),)),
            Example(
                '"strategisches Abkommen"~',
                "auch „strategischen Abkommens“",
                (('"neue Regierung"~', "auch „neuen Regierung“"), ('"{phrase}"~', "auch andere Formen der Wörter")),
            ),
            Example(
                '"Putin Trump"~5',
                "beide Wörter, höchstens fünf andere dazwischen",
                (('"{noun} {second}"~5', "beide Wörter, höchstens fünf andere dazwischen"),),
            ),
        ),
    ),
    Chapter(
        "verknuepfen",
        "Verknüpfen und ausschließen",
        "UND, ODER und NICHT werden in Großbuchstaben geschrieben; AND, OR und NOT bedeuten dasselbe. Ein Minus vor "
        "dem Wort oder der Wortfolge schließt sie aus, ein Plus verlangt sie. Klammern halten zusammen, was "
        "zusammengehört. Was so verknüpft ist, gilt genau so; findet es nichts, bieten wir an, was weniger verlangt.",
        (
            Example(
                "Berlin UND Mauer",
                "beide Wörter, auch wenn dann nichts gefunden wird",
                (("{noun} UND {second}", "beide Wörter, auch wenn dann nichts gefunden wird"),),
            ),
            Example("+Berlin +Mauer", "dasselbe, kürzer", (("+{noun} +{second}", "dasselbe, kürzer"),)),
            Example(
                "Bonn ODER Berlin",
                "wenigstens eines der Wörter",
                (("{noun} ODER {second}", "wenigstens eines der Wörter"),),
            ),
            Example(
                "Wahl NICHT Bundestag",
                "das erste Wort ohne das zweite",
                (("{noun} NICHT Wahl", "das erste Wort ohne das zweite"),),
            ),
            Example("Wahl -Bundestag", "dasselbe, kürzer", (("{noun} -Wahl", "dasselbe, kürzer"),)),
            Example(
                "(Bonn ODER Berlin) Mauer",
                "eine der Städte und das Wort Mauer",
                (("(Wahl ODER {noun}) {second}", "eines der ersten Wörter und das Wort {second}"),),
            ),
        ),
    ),
    Chapter(
        "felder",
        "An einer bestimmten Stelle suchen",
        "Ein Feldname mit Doppelpunkt gilt für das Wort, die Wortfolge oder die Klammer danach. "
        "Auch die englischen Namen gehen: title, body, person, place, organisation, source, section, author.",
        (
            Example("titel:Mauer", "in der Überschrift", (("titel:{noun}", "in der Überschrift"),)),
            Example("text:Mauer", "im Text", (("text:{noun}", "im Text"), ("text:Jahr", "im Text"))),
            Example("person:Kohl", "Menschen dieses Namens", (("person:{person}", "Menschen dieses Namens"),)),
            Example("ort:Berlin", "Orte dieses Namens", (("ort:{place}", "Orte dieses Namens"),)),
            Example(
                "organisation:NATO",
                "Organisationen dieses Namens",
                (("organisation:{organisation}", "Organisationen dieses Namens"),),
            ),
            Example(
                "name:Berlin",
                "Menschen, Orte oder Organisationen dieses Namens",
                (("name:{place}", "Menschen, Orte oder Organisationen dieses Namens"),),
            ),
            Example("quelle:Chronik", "woher der Artikel stammt", (("quelle:{source}", "woher der Artikel stammt"),)),
            Example(
                "ressort:Politik",
                "das Ressort, in dem er erschien",
                (("ressort:{section}", "das Ressort, in dem er erschien"),),
            ),
            Example("autor:Muster", "wer ihn geschrieben hat", (("autor:{author}", "wer ihn geschrieben hat"),)),
            Example(
                'titel:"Berliner Mauer"',
                "die Wortfolge in der Überschrift",
                (('titel:"{phrase}"', "die Wortfolge in der Überschrift"),),
            ),
            Example(
                "titel:(Bonn ODER Berlin)",
                "eine der Städte in der Überschrift",
                (("titel:({noun} ODER {second})", "eines der Wörter in der Überschrift"),),
            ),
        ),
    ),
    Chapter(
        "zeit",
        "Zeitraum",
        "Ein Datum ist ein Tag, ein Monat oder ein Jahr, ohne Leerzeichen geschrieben; zwei Punkte stehen für „bis“, "
        "auch ohne Anfang oder ohne Ende. Artikel ohne Datum werden dann nicht gefunden. Daneben gibt es auf jeder "
        "Trefferseite die Felder „Von“ und „Bis“, in denen auch 13. August 2025 lesbar ist, einen Kalender und eine "
        "Zeitleiste.",
        (
            Example("Mauer datum:1989", "aus diesem Jahr", (("datum:{year}", "aus diesem Jahr"),)),
            Example("datum:1989-11", "aus diesem Monat", (("datum:{month}", "aus diesem Monat"),)),
            Example("datum:9.11.1989", "von diesem Tag", (("datum:{day}", "von diesem Tag"),)),
            Example(
                "datum:2024-03..2024-05",
                "von März bis Mai 2024",
                (("datum:{year}-01..{month}", "von Januar bis zu diesem Monat"),),
            ),
            Example("datum:2020..", "seit Anfang 2020", (("datum:{year}..", "seit Anfang dieses Jahres"),)),
        ),
    ),
    Chapter(
        "platzhalter",
        "Platzhalter und Tippfehler",
        "Ein Stern steht für beliebig viele Buchstaben, ein Fragezeichen mitten im Wort für einen. Davor müssen zwei "
        "Buchstaben stehen oder dahinter drei am Stück. "
        "Eine Tilde hinter dem Wort findet auch ähnlich geschriebene.",
        (
            Example("Ukrain*", "Ukraine, Ukrainer, ukrainisch …", (("{beginning}*", "alle Wörter, die so beginnen"),)),
            Example("*programm", "Atomprogramm, Wahlprogramm …", (("*land", "Deutschland, Ausland …"),)),
            Example("M?ller", "Müller, Möller, Miller …", (("Jahr?n", "Jahren …"),)),
            Example(
                "Selenskij~", "auch Selenskyj", (("{misspelt}~", "auch {family}"), ("Deutschlend~", "auch Deutschland"))
            ),
        ),
    ),
)
