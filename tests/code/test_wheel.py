"""What is installed is what the program needs, and nothing else."""

import shutil
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

from tests.code.arrows import PROJECT

SHIPPED = ("search", "indexer", "web")


def test_the_wheel_has_the_rooms_and_their_data(tmp_path: Path) -> None:
    """Every module of the three packages, their data, templates and fonts are in the wheel; no tests, no training."""
    source, wheels = tmp_path / "source", tmp_path / "wheels"
    for package in SHIPPED:
        shutil.copytree(PROJECT / package, source / package, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE", "nachlese.py", "nachlese_start.py"):
        shutil.copy(PROJECT / name, source)
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(wheels), str(source)]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = wheels.glob("nachlese-*.whl")
    with ZipFile(wheel) as archive:
        found = {name for name in archive.namelist() if ".dist-info/" not in name}
    expected = {str(path.relative_to(PROJECT)) for package in SHIPPED for path in (PROJECT / package).rglob("*")
                if path.is_file() and "__pycache__" not in path.parts and path.name != "README.md"}  # fmt: skip
    assert {name for name in found if not name.endswith("README.md")} == {*expected, "nachlese.py", "nachlese_start.py"}
