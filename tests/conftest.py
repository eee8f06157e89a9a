"""What all tests share: how hypothesis looks for counterexamples, and what is made once for all of them.

By default it tries the same examples every time, so that a run proves the same today and tomorrow.
To look for new ones: HYPOTHESIS_PROFILE=explore python -m pytest
"""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import settings
from hypothesis.internal.conjecture import providers

from indexer.pipeline import Job, index
from tests.browser import browser
from tests.cluster import shared

__all__ = ["browser"]

SEEDS = Path(__file__).parents[1] / "seeds"
PROFILE = os.environ.get("HYPOTHESIS_PROFILE", "same")
Once = Callable[[str, Callable[[Path], None]], Path]

settings.register_profile("same", deadline=None, derandomize=True)
settings.register_profile("explore", deadline=None, max_examples=1000, print_blob=True)
settings.load_profile(PROFILE)
if PROFILE == "same":
    # Hypothesis also tries the constants of all modules of ours that are loaded, which depends on what ran before in
    # this process. There is no setting for it.
    assert callable(providers.is_local_module_file)
    providers.is_local_module_file = lambda _: False


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """The processes of `-n auto`: half as many again as processors, as tests of servers and kills mostly wait."""
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return processors + (processors + 1) // 2


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what mostly waits for nodes that die and come back, so that nobody waits for it alone in the end."""
    items.sort(key=lambda item: "three" not in getattr(item, "fixturenames", ()))


def pytest_collection_finish(session: pytest.Session) -> None:
    """Start OpenSearch now if a test needs it, so that other tests run while it starts."""
    if not session.config.option.collectonly and any(item.get_closest_marker("cluster") for item in session.items):
        shared.begin(1)


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Once:
    """Makes a folder once for all processes that run tests; who asks for its name later gets the same, to read only."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own

    def make_once(name: str, make: Callable[[Path], None]) -> Path:
        folder, draft = shared / name, shared / f"{name}-draft"
        with FileLock(f"{folder}.lock"):
            if not folder.exists():
                make(draft)
                draft.rename(folder)
        return folder

    return make_once


@pytest.fixture(scope="session")
def seeds_index(once: Once) -> Callable[[str], Path]:
    """The directory of an index of seeds/, by the name of its engine."""

    def index_seeds(engine: str) -> Path:
        def make(directory: Path) -> None:
            assert not index(Job((str(SEEDS),), directory, engine=engine, jobs=1)).problems

        return once(f"seeds-{engine}", make)

    return index_seeds
