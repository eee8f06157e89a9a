"""What the file of aliases says besides other spellings: what is no name, and who is not meant."""

from pathlib import Path

import pytest

from indexer.errors import AliasesUnreadable
from indexer.resolution import read_aliases
from indexer.resolution.aliases import Canonical
from search.alias_lines import either_lines, name_lines, no_name_lines
from search.article import EntityName

FILE = """
[[name]]
name = "Donald Trump"
type = "person"
variants = ["Präsident Trump"]
not = ["Trump"]

[no_name]
any = ["Lockdown"]
place = ["Oder"]
"""


def test_aliases_refuse_names_and_keep_names_apart(tmp_path: Path) -> None:
    """What is refused is so of its type or of any, whatever the capitals; what is kept apart, from this name only."""
    path = tmp_path / "aliases.toml"
    path.write_text(FILE, encoding="utf-8")
    aliases = read_aliases(path)
    assert set(aliases.names) == {"Donald Trump", "Präsident Trump"}
    refused = [("Oder", "place"), ("ODER", "place"), ("Oder", "organisation"), ("Lockdown", "organisation")]
    assert [aliases.refuses(Canonical(*name)) for name in refused] == [True, True, False, True]
    assert aliases.keeps_apart("TRUMP", Canonical("Donald Trump", "person"))
    assert not aliases.keeps_apart("Trump", Canonical("Eric Trump", "person"))
    assert not aliases.keeps_apart("Donald Trump", Canonical("Donald Trump", "person"))


def test_lines_copied_one_after_the_other_are_a_file(tmp_path: Path) -> None:
    """The lines that `nachlese names` and pages print mend all of it together, each with its head."""
    path = tmp_path / "aliases.toml"
    names = [EntityName("place", "Oder"), EntityName("place", "Essen"), EntityName("person", "Schön")]
    path.write_text(FILE + "".join(f"\n{no_name_lines(name)}\n" for name in names), encoding="utf-8")
    aliases = read_aliases(path)
    assert all(aliases.refuses(Canonical(name.name, name.type)) for name in names)
    assert aliases.refuses(Canonical("Lockdown", "place"))
    assert not aliases.refuses(Canonical("Essen", "person"))


def test_of_two_ways_none_holds_until_it_is_chosen(tmp_path: Path) -> None:
    """Both ways stand in comments: whoever pastes a whole list decides nothing. Without its signs each is good."""
    path, name = tmp_path / "aliases.toml", EntityName("organisation", "Apple")
    lines = either_lines({"if it is no name": no_name_lines(name), "if it is a name": name_lines(name)})
    path.write_text(lines, encoding="utf-8")
    assert not read_aliases(path).refuses(Canonical("Apple", "organisation"))
    assert read_aliases(path).find("Apple") is None
    no_name, _, is_name = (part.replace("# ", "") for part in lines.partition("# if it is a name:\n"))
    path.write_text(no_name.partition(":\n")[2], encoding="utf-8")
    assert read_aliases(path).refuses(Canonical("Apple", "organisation"))
    path.write_text(is_name, encoding="utf-8")
    assert read_aliases(path).find("Apple") == Canonical("Apple", "organisation")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[noname]\nplace = ['Oder']", "'noname' is no table"),
        ("no_name = ['Oder']", r"\[no_name\] needs lists"),
        ("[no_name]\nplace = 'Oder'", "needs lists"),
        ("[no_name]\nriver = ['Oder']", "by their type: any, person, place, organisation"),
        ("[no_name]\nany = ['A']\n[no_name]\nplace = 'Oder'", "needs lists"),
        ("[no_name]\nany = ['']", "needs lists of names in quotes"),
        (
            "[[name]]\nname = 'A'\ntype = 'place'\nvariant = ['B']",
            "1 of 'A' has 'variant', but can have name, type, variants",
        ),
        (
            "[[name]]\nname = 'A'\ntype = 'place'\n[[name]]\nnames = 'B'",
            "number 2 has 'names', but can have name, type",
        ),
        ("[[name]]\nname = 'A'\ntype = 'person'\nnot = 'B'", "`not` of 'A' must be a list"),
        ("[[name]]\nname = 'Oder'\ntype = 'place'\n[no_name]\nany = ['oder']", "'Oder' is a place by .* but none by"),
        (
            "[[name]]\nname = 'A'\ntype = 'place'\nvariants = ['C']\n[[name]]\nname = 'C'\ntype = 'person'",
            "'C' stands for the place 'A' and for the person 'C'",
        ),
        ("[[name]]\nname = 'A'\ntype = 'place'\nvariants = ['B']\n[no_name]\nplace = ['B']", "'B' is a place by"),
        (
            "[[name]]\nname = 'A'\ntype = 'place'\nvariants = ['und']",
            "'und', a variant of 'A', stands in nearly all texts",
        ),
        ("[[name]]\nname = 'A'\ntype = 'place'\nvariants = ['Der']", "'Der', a variant of 'A', stands in nearly all"),
        ("[[name]]\nname = 'A'\ntype = 'place'\nvariants = ['Über']", "'Über', a variant of 'A', stands in nearly all"),
        ("[[name]]\nname = 'will'\ntype = 'person'", "'will', a variant of 'will', stands in nearly all"),
        (
            "[[name]]\nname = 'A B'\ntype = 'person'\nvariants = ['B', 'C']\nnot = ['D', 'b']",
            "'B' stands for 'A B', but does not by its `not`",
        ),
        ("[[name]]\nname = 'A B'\ntype = 'person'\nnot = ['A B']", "'A B' stands for 'A B', but does not by its"),
        (
            "[[name]]\nname = 'A-B'\ntype = 'organisation'\n[no_name]\nany = ['A B']",
            "'A-B' is an organisation by .* but none by",
        ),
    ],
)
def test_a_file_that_makes_no_sense_is_refused(tmp_path: Path, text: str, says: str) -> None:
    """What is wrong or contradicts itself is an error that says what to mend."""
    path = tmp_path / "aliases.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(AliasesUnreadable, match=says):
        read_aliases(path)


def test_capitals_of_a_function_word_are_a_name(tmp_path: Path) -> None:
    """Firms and countries may be called like one, in capitals."""
    path = tmp_path / "aliases.toml"
    path.write_text(name_lines(EntityName("organisation", "DER Touristik"), ["DER", "Am Ende"]), encoding="utf-8")
    assert set(read_aliases(path).names) == {"DER Touristik", "DER", "Am Ende"}
