"""Which module imports which? Read from the source, room by room."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

PROJECT = Path(__file__).parents[2]
PACKAGES = ("search", "indexer", "web", "training", "bench")


def modules() -> Iterator[tuple[str, Path]]:
    """Every module of ours that is no test, by its dotted name."""
    for package in PACKAGES:
        for path in sorted((PROJECT / package).rglob("*.py")):
            yield ".".join(path.relative_to(PROJECT).with_suffix("").parts).removesuffix(".__init__"), path
    yield "nachlese", PROJECT / "nachlese.py"
    yield "nachlese_start", PROJECT / "nachlese_start.py"


NAMES = frozenset(name for name, _ in modules())
# Folders with an __init__.py; the modules that stand directly in a package are rooms by themselves.
ROOMS = frozenset(name for name, path in modules() if path.name == "__init__.py")


@cache
def imports(path: Path) -> tuple[str, ...]:
    """The dotted names that a module imports, those within its functions too."""
    found: list[str] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [name.name for name in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            found += [f"{node.module}.{name.name}" for name in node.names]
    return tuple(found)


def module_of(imported: str) -> str | None:
    """The module of ours that an imported name lies in, None if it is of somebody else."""
    while imported and imported not in NAMES:
        imported = imported.rpartition(".")[0]
    return imported or None


def room_of(module: str) -> str:
    """The folder of a module; what stands directly in a package is a room by itself, as it may serve all of them."""
    if module in ROOMS or module.count(".") < 1:
        return module
    folder = module.rpartition(".")[0]
    return module if folder in PACKAGES[:3] else folder


@cache
def arrows() -> dict[str, set[str]]:
    """For each room the rooms that its modules import."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for name, path in modules():
        for imported in imports(path):
            module = module_of(imported)
            if module and room_of(module) != room_of(name):
                found[room_of(name)].add(room_of(module))
    return dict(found)


def circle(graph: dict[str, set[str]]) -> list[str]:
    """Rooms that import each other in a circle, in its order; none if no arrow leads back."""
    done: set[str] = set()

    def walk(room: str, way: list[str]) -> list[str]:
        if room in way:
            return [*way[way.index(room) :], room]
        if room in done:
            return []
        for other in sorted(graph.get(room, ())):
            if found := walk(other, [*way, room]):
                return found
        done.add(room)
        return []

    return next(filter(None, (walk(room, []) for room in sorted(graph))), [])
