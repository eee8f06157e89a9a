"""Imports point one way, and only engines know the libraries behind them."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
OURS = ("search", "indexer", "web", "nachlese")

# From the longest prefix of a module's name that stands here to what of ours it may import.
MAY_IMPORT = {
    "search": ("search",),
    "search.german": ("search.german",),
    "search.query.nodes": (),
    "search.query.terms": (),
    "search.errors": (),
    "search.dates": (),
    "search.article": ("search.dates",),
    "search.engines": ("search.engines", "search.query.terms", "search.schema", "search.page", "search.errors",
                       "search.files"),
    "indexer": ("indexer", "search"),
    "web": ("web", "search"),
    "nachlese": ("search", "indexer", "web"),
}  # fmt: skip
ENGINE_LIBRARIES = ("whoosh", "tantivy")
WEB_LIBRARIES = ("flask", "werkzeug", "waitress", "jinja2")


def modules() -> Iterator[tuple[str, Path]]:
    for package in ("search", "indexer", "web"):
        for path in sorted((PROJECT / package).rglob("*.py")):
            yield ".".join(path.relative_to(PROJECT).with_suffix("").parts).removesuffix(".__init__"), path
    yield "nachlese", PROJECT / "nachlese.py"


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            yield from (f"{node.module}.{name.name}" for name in node.names)


def is_part(name: str, package: str) -> bool:
    return name == package or name.startswith(package + ".")


@pytest.mark.parametrize(("name", "path"), list(modules()), ids=lambda value: value if isinstance(value, str) else "")
def test_imports_point_one_way(name: str, path: Path) -> None:
    """web -> search <- indexer; german and the nodes import nothing of ours; libraries stay where they belong."""
    rule = max((prefix for prefix in MAY_IMPORT if is_part(name, prefix)), key=len)
    for imported in imports(path):
        if any(is_part(imported, ours) for ours in OURS):
            assert any(is_part(imported, allowed) for allowed in MAY_IMPORT[rule]), f"{name} imports {imported}"
        for library in ENGINE_LIBRARIES:
            assert not is_part(imported, library) or name.startswith(f"search.engines.{library}"), (
                f"{name} imports {imported}"
            )
        for library in WEB_LIBRARIES:
            assert not is_part(imported, library) or is_part(name, "web"), f"{name} imports {imported}"


def test_every_package_ships() -> None:
    """pyproject.toml names every package of ours."""
    import tomllib

    named = tomllib.loads((PROJECT / "pyproject.toml").read_text())["tool"]["setuptools"]["packages"]
    found = {".".join(init.parent.relative_to(PROJECT).parts) for package in ("search", "indexer", "web")
             for init in (PROJECT / package).rglob("__init__.py")}  # fmt: skip
    assert set(named) == found


def test_the_library_has_these_names() -> None:
    """The public names of the library; adding one is a decision, losing one breaks programs."""
    import search

    assert sorted(search.__all__) == [
        "Archive", "ArchiveWriter", "Article", "Entities", "EntityCount", "Hit", "Mention", "NewsDate", "Notice",
        "Page", "Request", "Status", "Suggestion", "open_archive", "parse_date", "write_archive",
    ]  # fmt: skip
