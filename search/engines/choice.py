"""Which engines are there? Each is imported only when it is asked for."""

from __future__ import annotations

from functools import partial
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from search.engines.base import Engine
from search.engines.failures import as_error
from search.engines.guard import GuardedEngine
from search.errors import EngineUnavailable

# name -> (module, class, the library it stands on or None, what to install)
ENGINES = {
    "tantivy": ("tantivy.engine", "TantivyEngine", "tantivy", "pip install 'tantivy>=0.27,<0.28' (the extra `fast`)"),
    "whoosh": ("whoosh.engine", "WhooshEngine", "whoosh", "pip install whoosh3"),
    "memory": ("memory", "MemoryEngine", None, ""),
}


def default_engine() -> str:
    """The engine for a new index: tantivy where it is installed, else whoosh."""
    return "tantivy" if find_spec("tantivy") else "whoosh"


def load_engine(name: str, directory: Path, create: bool = False) -> Engine:
    """Open the files of an engine in a directory, or create them.

    Raises EngineUnavailable for a name that is unknown or whose library is not installed; IndexDamaged,
    IndexUnreadable, IndexUnwritable or OutOfResources if the files cannot be opened.
    """
    if name not in ENGINES:
        kept = ", ".join(known for known, (_, _, library, _) in ENGINES.items() if library)
        raise EngineUnavailable(f"There is no engine {name!r}. Choose one of: {kept}.")
    module, class_name, library, install = ENGINES[name]
    if library and not find_spec(library):
        raise EngineUnavailable(
            f"The engine {name!r} is not installed. Install it with: {install}. "
            "Or build the index anew with another engine: nachlese index SOURCE --engine whoosh --rebuild"
        )
    engine = getattr(import_module(f"search.engines.{module}"), class_name)
    return GuardedEngine(partial(engine, directory), create, partial(as_error, directory))
