"""Who is found in a text."""

from __future__ import annotations

import pytest

from indexer.names import Prose
from indexer.persons import find_persons

FOUND = [
    ("Bundeskanzlerin Angela Merkel sprach.", ["Angela Merkel"]),
    ("Gestern traf Angela Merkel in Paris ein. Merkel lächelte.", ["Angela Merkel"]),
    ("US-Präsident Trump reiste ab.", ["Trump"]),
    ("Zuerst sprach Präsident Trump, dann Donald Trump junior.", ["Donald Trump"]),
    ("Staatschef Mahmud Abbas kam. Später sagte Abbas nichts.", ["Mahmud Abbas"]),
    ("Ursula von der Leyen und Karl-Theodor zu Guttenberg", ["Ursula von der Leyen", "Karl-Theodor zu Guttenberg"]),
    ("George W. Bush und sein Vater George Bush", ["George W. Bush"]),
    ("Minister Ali al-Naimi schwieg.", ["Ali al-Naimi"]),
    ("Papst Franziskus betete.", ["Franziskus"]),
    ("Der Parteichef Kim Jong Un winkte. Kim Jong Un lachte. Kim Jong-un ging.", ["Kim Jong Un"]),
    ("Dr. Müller und Prof. Weber", ["Müller", "Weber"]),
    ("Jean-Luc Mélenchon, François Hollande", ["Jean-Luc Mélenchon", "François Hollande"]),
]

GENITIVES = [
    ("Wladimir Putins Krieg. Putin schweigt.", ["Wladimir Putin"]),
    ("Angela Merkels Rede dauerte an.", ["Angela Merkel"]),
    ("Thomas Peters sagte das.", ["Thomas Peters"]),
    ("Markus Söders Rede. Ted Stevens sprach.", ["Markus Söder", "Ted Stevens"]),
    ("Steve Jobs’ Firma. Steve Jobs lebt nicht mehr.", ["Steve Jobs"]),
]

NOBODY = [
    "Am Montag August die Sonne.",
    "Der Sprecher gab Auskunft. Die Regierung lehnte ab.",
    "Das Robert Koch-Institut warnt.",
    "Paris Saint-Germain gewann gegen Real Madrid.",
    "In Sierra Leone und Costa Rica regnet es.",
    "Die Mark Brandenburg ist schön.",
    "Der Ernst Lage wurde erkannt.",
    "Präsident Deutschlands wird er nie.",
    "General Motors baut Autos.",
    "Frau Montag",
    "DIE ZEIT IST UM",
    "",
]


@pytest.mark.parametrize(("text", "persons"), FOUND + GENITIVES)
def test_persons_are_found(text: str, persons: list[str]) -> None:
    """A person is found behind an office or by the first name, once, by the full name, without genitive -s."""
    assert find_persons(Prose(text)) == persons


@pytest.mark.parametrize("text", NOBODY)
def test_other_capitalised_words_are_nobody(text: str) -> None:
    """Nouns, places and institutions are no persons."""
    assert find_persons(Prose(text)) == []
