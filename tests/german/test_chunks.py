"""What is cached of chunks stands where the analysis of the whole text has it."""

from hypothesis import example, given
from hypothesis import strategies as st

from search.german import chunks
from search.german.analysis import analyse_whole
from search.german.open_compounds import open_compounds
from search.german.suspended_hyphens import completed, suspended_offsets
from search.german.tokens import Part
from tests.german.test_invariants import texts

SUSPENDED = st.lists(
    st.sampled_from(
        ["Innen-", "Außenpolitik", "und", "oder", "Ein-", "Ausgabe", "Haupteingang", "-ausgang", "Oliven-,", "Raps-",
         "Mandelöl.", "–", "–", "(Alt-/Neubau)", "der", "15", "000", "20", "300-Euro-Schein", "1.500",
         "\u00a0100", "\n\n", "Musik-Sammlung", "Wort", "Wort", "Wort.", "Wort,",
         "1,5,", "15.", "15,", ".", ",", "C++.", "1,5.", "Lehrer/-in.", "Lehrer:innen", "(-haus)", "Nord-/Südkorea",
         "Bürger*innenrat", "Alt- und Neubürger:innen", "Hinz&Kunzt", "H&M", "&", "5%", "€-Kurs", "§§"]
    ),
    max_size=40,
).map(" ".join)  # fmt: skip


@given(st.one_of(texts, SUSPENDED))
def test_places_of_chunks_are_those_of_the_text(text: str) -> None:
    """Each word and part that chunks have stands where the analysis of the text has it, if no word is broken."""
    places = chunks.spans(text)
    found = [(start, chunks.analysed_chunk(text[start:end])) for start, end in places]
    words = [(at + start, at + end) for at, chunk in found for start, end, _ in chunk.tokens]
    parts = [Part(at + start, at + end, term) for at, chunk in found for start, end, term in chunk.parts]
    behind, before = suspended_offsets(text)
    tokens, all_parts = analyse_whole(text)
    assert words == [(token.start, token.end) for token in tokens]
    assert sorted([*parts, *completed(text, sorted([*behind, *before])), *open_compounds(text)]) == sorted(all_parts)


@given(st.one_of(texts, SUSPENDED), st.sets(st.integers(0, 300)))
@example("um 15 000\u00a0300 Euro, 20\t000 und\n15 000", {4, 17, 24})
def test_chunks_are_found_by_any_of_their_characters(text: str, offsets: set[int]) -> None:
    """The chunks at some offsets are those of all chunks that hold one of these."""
    places = chunks.spans(text)
    asked = sorted(offset for offset in offsets if any(start <= offset < end for start, end in places))
    held = [place for place in places if any(place[0] <= offset < place[1] for offset in asked)]
    assert chunks.spans_at(text, asked) == held
