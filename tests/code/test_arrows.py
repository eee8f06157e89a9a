"""Imports point one way, and only engines know the libraries behind them."""

import ast
import tomllib
from pathlib import Path

import pytest

from tests.code.arrows import PROJECT, ROOMS, arrows, circle, imports, module_of, modules, room_of

# What all rooms of search/ but the German one may share: plain values, errors, and the deadline.
VALUES = {f"search.{name}" for name in ("article", "dates", "deadline", "errors", "page", "schema")}
# What stands in web/ beside the rooms, for all of them.
BESIDE = {
    f"web.{name}"
    for name in (
        "addresses", "citations", "decoding", "hit_fields", "language", "localisation", "metadata", "observation",
        "parameters", "safe_text", "saved_search", "shared_archive", "studies", "translation",
    )
}  # fmt: skip
# What stands in indexer/ beside the rooms, for all formats.
READING = {
    f"indexer.{name}"
    for name in (
        "bylines", "character_references", "document", "encodings", "errors", "fragments", "html", "items",
        "lines", "packings", "streams", "text", "validation",
    )
}  # fmt: skip

# What each room may import of ours.
MAY_IMPORT = {
    "search.german": set(),
    "search.query": {"search.german", *VALUES},
    "search.engines": {"search.query", "search.files", *VALUES},
    "search.engines.opensearch": {"search.engines", "search.query", *VALUES},
    "search.engines.tantivy": {"search.engines", "search.engines.values", "search.query", "search.files", "search.heap",
                               *VALUES},
    "search.engines.values": {"search.engines", "search.files", *VALUES},
    "search.engines.whoosh": {"search.engines", "search.engines.values", "search.query", "search.files", *VALUES},
    "search.families": {"search.german", "search.mapped", *VALUES},
    "search.store": {"search.engines", "search.engines.opensearch", "search.families", "search.german", "search.query",
                     "search.files", "search.heap", "search.mapped", "search.settings", "search.worker_pool", *VALUES},
    "search.federation": {"search.engines", "search.families", "search.mapped", "search.query", "search.settings",
                          "search.store", *VALUES},
    "search.hits": {"search.engines", "search.german", "search.query", "search.store", *VALUES},
    "search.suggest": {"search.engines", "search.german", "search.query", "search.store", *VALUES},
    "search.corpus": {"search.engines", "search.families", "search.german", "search.hits", "search.query",
                      "search.store", *VALUES},
    "search.commands": {"search", "search.archive", "search.corpus", "search.german", "search.hits",
                        "search.known_items", "search.quality", "search.query", "search.settings", "search.store",
                        *VALUES},
    "indexer.authority": {"search", "search.alias_lines", "search.article", "search.engines", "search.german",
                          "search.query", "search.schema", "search.store", "indexer.errors", "indexer.recognition",
                          "indexer.resolution", "indexer.workers", "search.worker_pool"},
    "indexer.formats": {"search.article", "search.dates", *READING},
    "indexer.recognition": {"search.german"},
    "indexer.resolution": {"search.german", "search.article", "indexer.errors", "indexer.recognition"},
    "web.alerts": {"search", "search.archive", "search.files", "search.store", "web", "web.files", *VALUES, *BESIDE},
    "web.pages": {"search", "search.alias_lines", "search.corpus", *VALUES, *BESIDE},
    "web.files": {"search", "search.corpus", *VALUES, *BESIDE},
    "web.api": {"search", "search.corpus", "web.files", *VALUES, *BESIDE},
    "web.operation": {"search", "search.heap", "search.settings", "web.error_responses", *VALUES, *BESIDE},
    "training.lexicon": {"search.german"},
    "training.forms": {"search.german", "training.lexicon"},
    "training.names": {"indexer.resolution", "training.recogniser"},
    "training.recogniser": {"indexer.recognition", "indexer.resolution"},
}  # fmt: skip
# What the modules of a package may import that stand in no room.
PACKAGES = {
    "search": ("search",),
    "indexer": ("indexer", "search"),
    "web": ("web", "search"),
    "nachlese": ("search", "indexer", "web"),
    "nachlese_start": ("nachlese",),
    "bench": ("bench", "search", "indexer", "web"),
    "training": ("training", "search", "indexer"),
}
# Where queries meet: what the reader asked, and what an engine is asked.
FREE_OF_US = (
    "search.query.nodes",
    "search.query.terms",
    "search.errors",
    "search.dates",
    "search.files",
    "search.heap",
)
ENGINE_LIBRARIES = {"whoosh": "whoosh", "tantivy": "tantivy", "opensearchpy": "opensearch"}  # and their rooms
WEB_LIBRARIES = ("flask", "granian", "jinja2", "prometheus_client", "werkzeug")
# Modules of web/ that put the rooms together; none of the others knows one.
COMPOSITION = ("web", "web.server")


def is_part(name: str, package: str) -> bool:
    return name == package or name.startswith(package + ".")


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_a_room_imports_what_it_may(room: str) -> None:
    """Each room imports nothing but what the table gives it."""
    assert arrows().get(room, set()) - MAY_IMPORT[room] == set()


def test_each_room_stands_in_the_table() -> None:
    """A new room must say what it may import."""
    packages = {"search", "indexer", "web", "training", "bench", "bench.peers", "bench.peers.engines"}
    assert ROOMS - packages == set(MAY_IMPORT)


def test_no_arrow_leads_back() -> None:
    """Rooms do not import each other in a circle, however long."""
    assert circle(arrows()) == []


@pytest.mark.parametrize(("name", "path"), list(modules()), ids=lambda value: value if isinstance(value, str) else "")
def test_imports_point_one_way(name: str, path: Path) -> None:
    """web -> search <- indexer; nodes and terms of a query import nothing of ours; libraries stay in their rooms."""
    ours = {module for imported in imports(path) if (module := module_of(imported))}
    for module in ours:
        assert any(is_part(module, allowed) for allowed in PACKAGES[name.split(".")[0]]), f"{name} imports {module}"
        assert name not in FREE_OF_US, f"{name} imports {module}"
        if is_part(name, "web") and name not in COMPOSITION and room_of(name) == name:
            assert room_of(module) not in MAY_IMPORT or not is_part(module, "web"), f"{name} imports {module}"
    if is_part(name, "search.engines"):
        assert {module for module in ours if is_part(module, "search.query")} <= {"search.query.terms"}
    for library in () if is_part(name, "bench") else (*ENGINE_LIBRARIES, *WEB_LIBRARIES):
        room = ENGINE_LIBRARIES.get(library)
        home = f"search.engines.{room}" if room else "web"
        assert is_part(name, home) or not any(is_part(imported, library) for imported in imports(path)), (
            f"{name} imports {library}"
        )


def test_every_package_ships() -> None:
    """pyproject.toml names every package of ours that the program needs, and no other."""
    named = tomllib.loads((PROJECT / "pyproject.toml").read_text())["tool"]["setuptools"]["packages"]
    found = {".".join(init.parent.relative_to(PROJECT).parts) for package in ("search", "indexer", "web")
             for init in (PROJECT / package).rglob("__init__.py")}  # fmt: skip
    assert set(named) == found


def test_every_room_says_its_question() -> None:
    """The first line of each room says which question it answers, or what it is for."""
    for name, path in modules():
        if path.name == "__init__.py":
            first, *_ = (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").splitlines() or [""]
            assert len(first) > 20, f"{name} says nothing"


def test_modules_are_imported_by_name() -> None:
    """Nothing imports by a text, which no arrow shows, but the choice of engines and Faker's languages in training."""
    by_text = {name for name, path in modules() if "import_module(" in path.read_text(encoding="utf-8")}
    languages = {"training.lexicon.lists", "training.names.lists", "training.recogniser.lists"}
    assert {name for name in by_text if not is_part(name, "bench")} == {"search.engines.choice", *languages}


def test_the_library_has_these_names() -> None:
    """The public names of the library; adding one is a decision, losing one breaks programs."""
    import search

    assert sorted(search.__all__) == [
        "Archive", "ArchiveWriter", "Article", "Entities", "EntityCount", "Hit", "Mention", "NewsDate", "Notice",
        "Page", "Request", "Status", "Suggestion", "open_archive", "parse_date", "write_archive",
    ]  # fmt: skip
