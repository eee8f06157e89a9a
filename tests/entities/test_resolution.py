"""Names where they stand become entities as resolution.toml says."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import AliasesUnreadable
from indexer.resolution import Aliases, FieldSpan, Resolved, read_aliases, resolve
from indexer.resolution.aliases import NO_ALIASES
from indexer.resolution.name_matcher import NameMatcher, words_of
from indexer.resolution.persons import full_names
from indexer.resolution.recognised_names import LONGEST_NAME
from indexer.resolution.selection import MOST_NAMES
from search import Article, Entities
from search.alias_lines import name_lines
from search.article import ENTITY_TYPES, EntityName

CASES = tomllib.loads((Path(__file__).parent / "resolution.toml").read_text(encoding="utf-8"))["case"]
_MARKED = re.compile(r"\[(\w+) ([^\]]+)\]")


def resolved(marked: str, declared: Entities | None = None, aliases: Aliases = NO_ALIASES) -> tuple[Article, Resolved]:
    """The article of a marked text, and what is made of its names."""
    text, spans, done = "", [], 0
    for mark in _MARKED.finditer(marked):
        text += marked[done : mark.start()]
        spans.append(FieldSpan("body", len(text), len(text) + len(mark[2]), mark[1]))
        text, done = text + mark[2], mark.end()
    article = Article("1", text + marked[done:], entities=declared or Entities())
    return article, resolve(article, spans, aliases)


def alias_lines(table: dict[str, Any]) -> str:
    """A table of aliases.toml: that of a person unless it says another type."""
    name = EntityName(table.get("type", "person"), table["name"])
    return name_lines(name, table.get("variants", ()), table.get("not", ()))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_names_become_entities(case: dict[str, Any], tmp_path: Path) -> None:
    """An article has the entities of its case, and names them where the case says."""
    path = tmp_path / "aliases.toml"
    path.write_text("\n".join(map(alias_lines, case.get("aliases", ()))), encoding="utf-8")
    article, (entities, mentions) = resolved(case["text"], aliases=read_aliases(path))
    assert entities == Entities(*(tuple(case.get(type, ())) for type in ENTITY_TYPES))
    if "mentions" in case:
        assert [article.body[mention.start : mention.end] for mention in mentions] == case["mentions"]


def test_declared_names_come_first_and_stand_for_theirs() -> None:
    """Names that an article declares are kept in their order and spelling, found ones follow, none comes twice."""
    declared = Entities(person=("Merkel, Angela", "Kim Jong-un", "King, Jr."), place=("Mordor",))
    _, (entities, _) = resolved(
        "[person Kim Jong Un] traf [person Merkel] in [place Paris], mit [person Olaf Scholz].", declared
    )
    assert entities.person == ("Angela Merkel", "Kim Jong Un", "King, Jr.", "Olaf Scholz")
    assert entities.place == ("Mordor", "Paris")


def test_a_short_name_is_the_town_that_is_declared() -> None:
    """A town that an article declares in full is meant by its short name, which it may declare itself."""
    text = "In [place Frankfurt] regnet es."
    _, (entities, _) = resolved(text, Entities(place=("Frankfurt (Oder)",)))
    assert entities.place == ("Frankfurt (Oder)",)
    _, (entities, _) = resolved(text, Entities(place=("Frankfurt (Oder)", "Frankfurt")))
    assert entities.place == ("Frankfurt (Oder)", "Frankfurt")


def test_declared_names_are_found_in_the_text() -> None:
    """A declared name has its mentions, although the recogniser saw none."""
    article, (_, mentions) = resolved("Nach Mordors Fall zog er durch Mordor.", Entities(place=("Mordor",)))
    assert [article.body[mention.start : mention.end] for mention in mentions] == ["Mordors", "Mordor"]


ALIASES = """
[[name]]
name = "Robert Habeck"
type = "person"
variants = ["Habeck", "Vizekanzler"]

[[name]]
name = "Hansestadt Hamburg"
type = "place"
variants = ["Hamburg"]
"""


def test_aliases_win_over_everything(tmp_path: Path) -> None:
    """An alias prevails over the recogniser's type, over what is declared, and is found where nobody saw a name."""
    path = tmp_path / "aliases.toml"
    path.write_text(ALIASES, encoding="utf-8")
    text = "[organisation Habeck] kam nach Hamburg. Der Vizekanzler schwieg."
    article, (entities, mentions) = resolved(text, Entities(place=("Hamburg",)), read_aliases(path))
    assert entities == Entities(("Robert Habeck",), ("Hansestadt Hamburg",))
    assert [article.body[mention.start : mention.end] for mention in mentions] == ["Habeck", "Hamburg", "Vizekanzler"]


@pytest.mark.parametrize(
    ("declared", "type", "name"),
    [
        (Entities(person=("Hamburg",)), "place", "Hansestadt Hamburg"),
        (Entities(place=("Vizekanzler",)), "person", "Robert Habeck"),
        (Entities(organisation=("Habeck", "Hansestadt  Hamburg")), "place", "Hansestadt Hamburg"),
    ],
)
def test_aliases_say_the_type_of_a_declared_name(tmp_path: Path, declared: Entities, type: str, name: str) -> None:
    """Lines that give a name another type hold for what documents declare, too."""
    path = tmp_path / "aliases.toml"
    path.write_text(ALIASES, encoding="utf-8")
    _, (entities, _) = resolved("Es regnet.", declared, read_aliases(path))
    assert entities.of(type) == (name,)
    assert not entities.organisation


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[[name]", "no TOML"),
        (f"name = {'[' * 9999}", "no TOML"),
        ("name = 'x'", "table of its own"),
        ("[[name]]\ntype = 'person'", "says no `name`"),
        ("[[name]]\nname = 'A'\ntype = 'animal'", "must be one of person, place, organisation"),
        ("[[name]]\nname = 'A'\ntype = 'person'\nvariants = 'B'", "must be a list"),
    ],
)
def test_a_bad_file_of_aliases_is_refused(tmp_path: Path, text: str, says: str) -> None:
    """A file of aliases that is not right is an error that says what to mend."""
    path = tmp_path / "aliases.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(AliasesUnreadable, match=says):
        read_aliases(path)
    with pytest.raises(AliasesUnreadable, match="cannot be read"):
        read_aliases(tmp_path / "none.toml")


def test_found_names_are_limited_declared_ones_are_not() -> None:
    """Of many names the most frequent are listed, in the order of the text; what an article declares is never cut."""
    names = [f"Ort{chr(97 + i // 26)}{chr(97 + i % 26)}" for i in range(40)]
    text = " und ".join(f"[place {name}]" for name in [*names, names[-1]])
    _, (entities, mentions) = resolved(text)
    assert entities.place == (*names[: MOST_NAMES - 1], names[-1])
    assert {mention.name for mention in mentions} == set(entities.place)
    _, (entities, _) = resolved("x", Entities(place=tuple(names)))
    assert entities.place == tuple(names)


WORDS = st.sampled_from(
    "Präsident Dr. Peter Müller Müllers von der Ukraine Russlands in Berlin (dpa) SPD „ “ ( ) . - , ' ’s Kim Jong-un "
    "\n (SPD) SPD-Chef den Grünen Linz Jong Un el-Abidine al de Dior Müller-Aktie"
    .split(" ")
)  # fmt: skip


@given(st.lists(WORDS, max_size=30).map(" ".join) | st.text(max_size=60), st.data())
def test_any_spans_give_sound_names(text: str, data: st.DataObject) -> None:
    """Mentions are in order, do not overlap, and name entities; each name is listed once, on one line."""
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=8)))
    types = st.sampled_from(ENTITY_TYPES)
    spans = [FieldSpan("body", *pair, data.draw(types)) for pair in zip(cuts[::2], cuts[1::2], strict=False)]
    entities, mentions = resolve(Article("1", text), spans, NO_ALIASES)
    names = [name for type in ENTITY_TYPES for name in entities.of(type)]
    assert len(set(names)) == len(names)
    assert all(name == " ".join(name.split()) and any(map(str.isalpha, name)) for name in names)
    done = 0
    for mention in mentions:
        assert done <= mention.start < mention.end <= len(text)
        assert mention.name in entities.of(mention.type)
        done = mention.end


@pytest.mark.parametrize("word", ["Müller", "Karl Müller", "Ab’"])
def test_a_text_of_names_only_takes_linear_time(word: str) -> None:
    """Thousands of names in one article are named in seconds; comparing each with each would take hours."""
    number = 5_000
    text = f"{word} " * number
    step = len(word) + 1
    spans = [FieldSpan("body", at * step, at * step + len(word), "person") for at in range(number)]
    assert resolve(Article("1", text), spans, NO_ALIASES).entities.person
    different = "".join(f"Eva M{at}er " for at in range(number))
    places = [FieldSpan("body", match.start(), match.end(), "person") for match in re.finditer(r"Eva \w+", different)]
    assert len(resolve(Article("1", different), places, NO_ALIASES).entities.person) == MOST_NAMES


@pytest.mark.parametrize("type", ["person", "place"])
@pytest.mark.parametrize("words", ["Weil (SPD)", "SPD-Chef", "SPD-Chef Weil", "Karl de", "Kim Jong", "Karl al-Karl"])
def test_names_that_may_go_on_take_linear_time(words: str, type: str) -> None:
    """Nor are thousands of parties, offices and particles compared with each name."""
    number = 5_000
    text = f"{words} " * number
    step, end = len(words) + 1, len(words.split()[0])
    spans = [FieldSpan("body", at * step, at * step + end, type) for at in range(number)]
    assert all(len(name) <= LONGEST_NAME for name in resolve(Article("1", text), spans, NO_ALIASES).entities.person)


class Looked(dict[str, int]):
    """Names, and how often somebody looked whether there is one."""

    looks = 0

    def __contains__(self, name: object) -> bool:
        self.looks += 1
        return super().__contains__(name)


@pytest.mark.parametrize("number", [100, 400])
def test_many_names_with_one_first_word_take_time_that_grows_with_the_text(number: int) -> None:
    """However many names begin with the same word, each place of the text is looked at for each length once."""
    names = Looked({f"Angela {place:04}": place for place in range(number)})
    text = ". ".join(names)
    assert [found.known for found in NameMatcher(names).find(words_of(text))] == list(range(number))
    assert names.looks == number


def test_a_last_name_of_many_persons_stands_for_the_one_named_last() -> None:
    """The persons with one last name are not gone through for each mention; the last one named is known."""
    names = [f"{first} Merkel" for first in ("Anna", "Berta", "Carla")]
    assert full_names(["Merkel"], names) == {"Merkel": "Carla Merkel"}
    assert full_names([names[1], "Merkel", names[0], "MERKEL"])["Merkel"] == "Berta Merkel"
    assert full_names([names[1], names[0], "Merkel"])["Merkel"] == "Anna Merkel"
