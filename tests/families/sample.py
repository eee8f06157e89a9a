"""Texts for the tests of families: any number of them, of which no two share a sequence of words."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from search import Archive, Article, NewsDate, write_archive

DAY = "2020-05-10"


def text(name: str, words: int = 120, first: int = 0) -> str:
    """Words of a text of this name, from the first on."""
    return " ".join(f"{name}{number}" for number in range(first, first + words))


def article(id: str, body: str, day: str | None = DAY, source: str | None = None) -> Article:
    """An article of a day."""
    return Article(id, body, title=f"Titel {id}", date=NewsDate(day) if day else None, source=source)


def put(index: Path, articles: Iterable[Article], engine: str | None = None) -> None:
    """Write articles in one commit."""
    with write_archive(index, engine) as writer:
        for one in articles:
            writer.put(one)


def family(archive: Archive, id: str) -> list[str]:
    """The ids of an article's family, the earliest first."""
    found = archive.family(id)
    return [member.id for member in found.articles] if found else []


def partition(archive: Archive, ids: Iterable[str]) -> set[tuple[str, ...]]:
    """All families of these articles; each member names the same one."""
    families = {id: tuple(family(archive, id)) for id in ids}
    for members in families.values():
        assert all(families[member] == members for member in members)
    return {members for members in families.values() if members}
