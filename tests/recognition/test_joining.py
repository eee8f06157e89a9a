"""Tokens of annotated sets become texts as people write them, with the same names."""

import pytest

from training.recogniser.sources import joined

# Tokens, of which names begin with * and go on with _; and the text.
TEXTS = [
    ("*St _. _Goar liegt am *Rhein .", "St. Goar liegt am Rhein.", ["St. Goar", "Rhein"]),
    ('" Nein " , sagt *Anna _Berg ( *CDU ) .', '"Nein", sagt Anna Berg (CDU).', ["Anna Berg", "CDU"]),
    ("Er sagte : „ Ja ! “ und ging .", "Er sagte: „Ja!“ und ging.", []),
    ("Die » *Zeit « und die « *NZZ » ; beide", "Die »Zeit« und die «NZZ»; beide", ["Zeit", "NZZ"]),
    ("*Hertz 87 ,9 MHz", "Hertz 87,9 MHz", ["Hertz"]),
    ("das Ende eines Satzes . \"", 'das Ende eines Satzes."', []),
    ("Nur ... und …", "Nur ... und …", []),
    ("von *Berlin - *Mitte bis *Robert _R _. _Livingston", "von Berlin - Mitte bis Robert R. Livingston",
     ["Berlin", "Mitte", "Robert R. Livingston"]),
]  # fmt: skip


@pytest.mark.parametrize(("tokens", "text", "names"), TEXTS)
def test_tokens_are_joined_as_people_write(tokens: str, text: str, names: list[str]) -> None:
    """Punctuation, brackets and quotation marks stand where they belong, and names are where they were."""
    words = tokens.split(" ")
    tags = [f"{'BI'['*_'.index(word[0])]}-PER" if word[0] in "*_" else "O" for word in words]
    made, found = joined([word.lstrip("*_") for word in words], tags)
    assert made == text
    assert [made[name.start : name.end] for name in found] == names
