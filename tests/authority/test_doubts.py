"""What shows a doubtful name in its sentence."""

import pytest

from indexer.authority.doubts import LONGEST_EXAMPLE, sentence
from search.article import Article, EntityName, Mention

LONG = "Wort " * LONGEST_EXAMPLE


@pytest.mark.parametrize(
    ("before", "name", "behind", "shown"),
    [
        ("Es regnet. Gestern sprach ", "Trump", " in Essen. Es regnet.", "Gestern sprach Trump in Essen"),
        ("Heute\nsprach ", "Trump", "s Sohn", "sprach Trumps Sohn"),
        ("", "Trump", "", "Trump"),
        (
            "Es regnet. Am 3. Mai sprach Dr. ",
            "Trump",
            " zum 20. Jahrestag, z. B. in Bonn. Dann",
            "Am 3. Mai sprach Dr. Trump zum 20. Jahrestag, z. B. in Bonn",
        ),
        ("Der 1. FC Köln verlor! Nach ca. 5 Min. sah ", "Trump", " Rot? Ja.", "Nach ca. 5 Min. sah Trump Rot?"),
    ],
)
def test_a_name_is_shown_in_its_sentence(before: str, name: str, behind: str, shown: str) -> None:
    """From its first word to its last, on one line."""
    assert sentence(article(before, name, behind), EntityName("person", name)).removesuffix(".") == shown


def test_a_long_sentence_is_cut_between_words() -> None:
    """An ellipsis stands for what is left out on either side, and no word is cut."""
    shown = sentence(article(LONG, "Trump", f" {LONG}"), EntityName("person", "Trump")).split()
    assert (shown[0], shown[-1]) == ("…", "…")
    assert set(shown[1:-1]) == {"Wort", "Trump"}
    assert len(" ".join(shown)) <= LONGEST_EXAMPLE + len("… Trump …")


def article(before: str, name: str, behind: str) -> Article:
    mention = Mention("body", len(before), len(before) + len(name), "person", name)
    return Article(id="1", body=f"{before}{name}{behind}", mentions=(mention,))
