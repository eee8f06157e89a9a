"""The terms that the index gets of a text are those of its analysis, however they are looked up."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from search.german import layers as module
from search.german.analysis import analyse
from search.german.layers import LONGEST_STRETCH, layers, stretches
from tests.german.test_chunks import SUSPENDED
from tests.german.test_invariants import texts

# Whatever may stand beside or inside a word, and letters whose small ones are not what they seem.
SIGNS = st.one_of(
    st.text("aBInΣςÄßİK15 \n.,:;!?()[]\"„“”»«›‹‚‘’'…-–/*_&+#§\u00ad\u0308\u00a0\u2009ﬁⅧ²", max_size=60),
    st.lists(st.sampled_from([*"aΣ5 \n.,:;)(-…“’\u00ad\u0308", "LehrerIn", "In", "innen", "Wort", "100"])).map("".join),
)


BROKEN = st.lists(
    st.sampled_from(
        ["Regie-", "rung", "\n", " ", "\n\n", "Ver", "fassungs", "¬", "\u00ad", "-", "H", "&", "M", "und", ". "]
    )
).map("".join)


@given(st.one_of(texts, SUSPENDED, SIGNS, BROKEN))
@example("Die Regie-\nrung & die Kredit-\nan-\n\nstalt; H & M und Ein-\nund Ausfuhr von Bürger*innen-\nräten")
@example("20 000 Euro und 15 000-Euro-Fragen, Innen- und Außenpolitik")
@example("15, 000; 15\x05000 und 15\u00a0000, 2020 100; 1 000 000-fach (1 200 Euro). Am 5.\n200 Jahre")
@example("1 " + "000 " * 40 + "Euro")
@example("Haupteingang und " + "Wort " * 40 + "Innen- und Außenpolitik " + "Wort " * 9 + "Ein- und Ausgabe")
def test_layers_are_those_of_the_analysis(text: str) -> None:
    """The layers of a text have the terms of its analysis: words in order, parts in any."""
    tokens, parts = analyse(text)
    exact, form, part = layers(text)
    assert exact.split(" " if exact else None) == [token.word.exact for token in tokens]
    assert form.split(" " if form else None) == [token.word.form for token in tokens]
    assert sorted(part.split()) == sorted(part.term for part in parts)


@given(st.text("ab \n.-", max_size=60), st.integers(1, 20))
def test_stretches_are_the_text(text: str, longest: int) -> None:
    """Stretches are short, and together all that is in the paragraphs."""
    found = list(stretches(text, longest))
    assert all(len(stretch) <= longest for stretch in found)
    assert "".join(found) == text.replace("\n\n", "")


@pytest.mark.parametrize("unit", ["A-", "Ein- und Ausfuhr. ", "Lehrer:innen ", "Die Wahl.\n", "Wort. \n\n"])
def test_a_long_text_has_the_terms_of_its_words(unit: str) -> None:
    """A text that is longer than what is analysed at once has the words of a short one so many times."""
    times = LONGEST_STRETCH // len(unit) + 10
    long, short = layers(unit * times), layers(unit)
    assert long.exact.split() == short.exact.split() * times
    assert long.form.split() == short.form.split() * times


def test_no_more_than_a_stretch_is_analysed_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a text without white space, whose tokens take a hundred times its size, one stretch is analysed at a time."""
    lengths: list[int] = []
    real = module.analyse_words
    monkeypatch.setattr(module, "analyse_words", lambda text: (lengths.append(len(text)), real(text))[1])
    layers("A-" * LONGEST_STRETCH)
    assert lengths
    assert max(lengths) <= LONGEST_STRETCH
