"""Which organisations are found in a text."""

from __future__ import annotations

import pytest

from indexer.names import Prose
from indexer.organisations import find_organisations

FOUND = [
    ("Die Afrikanische Union (AU) tagt.", ["AU"]),
    ("der Gouverneursrat der Internationalen Atomenergieorganisation (IAEO)", ["IAEO"]),
    ("der Vereinten Nationen, bei den UN", ["Vereinte Nationen"]),
    ("im Weißen Haus, des Weißen Hauses", ["Weißes Haus"]),
    ("SPD-Politiker und die CDU", ["SPD", "CDU"]),
    ("die Deutsche Telekom AG und der Deutschen Bank AG", ["Deutsche Telekom AG", "Deutsche Bank AG"]),
    ("Die Firma Muster & Söhne GmbH zahlt.", ["Muster & Söhne GmbH"]),
    ("wie die Nachrichtenagentur Korean Central News Agency meldet", ["Korean Central News Agency"]),
    ("sagte der Zeitung „Die Welt“", ["Die Welt"]),
    ("die Nachrichtenagentur TASS", ["TASS"]),
    ("das Landgericht Köln und die Universität Heidelberg", ["Landgericht Köln", "Universität Heidelberg"]),
    ("der 1. FC Köln gegen Borussia Dortmund", ["1. FC Köln", "Borussia Dortmund"]),
    ("der FC Bayern München", ["FC Bayern München"]),
    ("die Gewerkschaft ver.di", ["Verdi"]),
    ("der Bundestag, des Bundestages", ["Bundestag"]),
]

NONE = [
    "Das Bruttoinlandsprodukt (BIP) stieg.",
    "Eine Nichtregierungsorganisation (NGO) half.",
    "Die Konzerne (USA) wachsen.",
    "Die Staatsanwaltschaft Anklage erhoben hat",
    "Das Unternehmen Deutschlands",
    "LKW und PKW, WM und EM, ICE 15",
    "AG GmbH",
    "",
]


@pytest.mark.parametrize(("text", "organisations"), FOUND)
def test_organisations_are_found(text: str, organisations: list[str]) -> None:
    """An organisation is found by its own name, once, by the one name that we list."""
    assert find_organisations(Prose(text)) == organisations


@pytest.mark.parametrize("text", NONE)
def test_other_abbreviations_and_nouns_are_none(text: str) -> None:
    """Things that have an abbreviation, kinds and proceedings are no organisations."""
    assert find_organisations(Prose(text)) == []
