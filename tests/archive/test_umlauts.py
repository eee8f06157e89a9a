"""Suggestions of words fold umlauts as words and names do."""

from pathlib import Path

import pytest

from search import Article, open_archive, write_archive

BODY = "Künstler, Küstenschutz, Übergangsgeld, Ärztekammer, Straßenbahn, Ölpreis, Fussgänger."


@pytest.mark.parametrize("engine", ["whoosh", "tantivy"])
def test_words_are_completed_in_both_spellings(engine: str, tmp_path: Path) -> None:
    """What is typed without an umlaut is completed to words that have it, and the other way round."""
    typed = {"kuenst": "Künstler", "künst": "Künstler", "ueber": "Übergangsgeld", "aerzte": "Ärztekammer",
             "strasse": "Straßenbahn", "oel": "Ölpreis", "fuß": "Fussgänger"}  # fmt: skip
    with write_archive(tmp_path, engine=engine) as writer:
        writer.put(Article("a", BODY, title="Straßen und Künste"))
    with open_archive(tmp_path) as archive:
        suggested = {beginning: [one.text for one in archive.suggest(beginning)] for beginning in typed}
        assert all(word in suggested[beginning] for beginning, word in typed.items())
        assert "Straßen und Künste" in suggested["strasse"]
