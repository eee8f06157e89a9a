"""Set-up is the same tomorrow: constraints.txt, the container and the units say what is there."""

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from indexer.formats.table import FORMATS
from search.settings import SETTINGS
from tests.code.arrows import PROJECT

PYPROJECT = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
INSTALLED = ("fast", "cluster", "pages", "feeds", "warc", "docx", "pdf", "wiki", "watch", "dev")  # by make test
EXTRAS = PYPROJECT["optional-dependencies"]
USED = [*PYPROJECT["dependencies"], *(required for extra in INSTALLED for required in EXTRAS[extra])]
OPERATING = (PROJECT / "docs" / "operating.md").read_text(encoding="utf-8")
CONTAINER = (PROJECT / "Containerfile").read_text(encoding="utf-8")


def pinned() -> dict[str, str]:
    lines = (PROJECT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("==") for line in lines if not line.startswith("#"))
    return {canonicalize_name(name): version for name, version in pairs}


@pytest.mark.parametrize("required", USED)
def test_each_package_has_one_version_that_fits(required: str) -> None:
    """constraints.txt has a version of each package that pyproject.toml names, within its range."""
    requirement = Requirement(required)
    assert requirement.specifier.contains(pinned()[canonicalize_name(requirement.name)])


def test_one_extra_has_those_of_all_formats() -> None:
    """`formats` installs what each format of the table takes, and what watching does."""
    (required,) = EXTRAS["formats"]
    assert Requirement(required).extras == {"watch", *(format.extra for format in FORMATS if format.extra)}


def test_constraints_name_no_place() -> None:
    """A constraint is a name and a version: no address, path or hash, so that every registry and Python will do."""
    for line in (PROJECT / "constraints.txt").read_text(encoding="utf-8").splitlines():
        assert line.startswith("#") or re.fullmatch(r"[\w.-]+==[\w.]+", line), line


def test_everything_is_installed_with_the_constraints() -> None:
    """make run, make test and the container take these versions."""
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    installing = [line for line in makefile.splitlines() if "pip install" in line and "build/" not in line]
    assert installing == ["PIP := $(BIN)/python -m pip install --quiet --constraint constraints.txt"]
    assert "--constraint constraints.txt" in CONTAINER


def test_the_container_copies_what_exists_and_is_not_root() -> None:
    """Each file that the Containerfile copies is there; the last word is a user who is not root."""
    for line in re.findall(r"^COPY (?!--from)(.+)$", CONTAINER, re.MULTILINE):
        for name in line.split()[:-1]:
            assert (PROJECT / name).exists(), name
    assert re.findall(r"^USER (\d+)", CONTAINER, re.MULTILINE) == ["10001"]


@pytest.mark.parametrize("text", [OPERATING, CONTAINER], ids=["operating.md", "Containerfile"])
def test_only_settings_that_exist_are_named(text: str) -> None:
    """Each variable of the documents is a setting of the program."""
    assert set(re.findall(r"NACHLESE_[A-Z_]+", text)) <= {setting.variable for setting in SETTINGS}
