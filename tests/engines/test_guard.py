"""What an engine raises becomes an error of ours, and the engine goes on answering."""

from __future__ import annotations

import errno
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from search.engines.base import Engine, EngineRequest
from search.engines.choice import load_engine
from search.errors import (
    BadRequest,
    IndexDamaged,
    IndexUnreadable,
    IndexUnwritable,
    NachleseError,
    OutOfResources,
)
from search.query.terms import Phrase, Term
from tests.engines.samples import EMBEDDED, WORD, create, entry

FOOTER = 300  # bytes, in which tantivy keeps what a file is


class PanicException(BaseException):
    """What pyo3 raises for a panic of Rust: no Exception, so that nothing sees it."""


FAILURES = [
    (PanicException("index out of bounds"), IndexDamaged, r"index out of bounds.*nachlese check.*--rebuild"),
    (ValueError("Invalid data"), IndexDamaged, r"ValueError: Invalid data.*nachlese check.*--rebuild"),
    (zlib.error("Error -3"), IndexDamaged, "nachlese check"),
    (KeyError("stored/ends"), IndexDamaged, "nachlese check"),
    (UnicodeDecodeError("utf-8", b"\xff", 0, 1, "invalid"), IndexDamaged, "nachlese check"),
    (OSError(errno.EIO, "Input/output error", "/x/y"), IndexDamaged, "nachlese check"),
    (MemoryError(), OutOfResources, "no memory"),
    (OSError(errno.EMFILE, "Too many open files"), OutOfResources, "no open files"),
    (PermissionError(errno.EACCES, "Permission denied", "/x/y.term"), IndexUnreadable, r"/x/y.term may not be read"),
    (ValueError('Io(Os { code: 13, kind: PermissionDenied, message: "Permission denied" })'), IndexUnreadable, "right"),
]
WRITING = [
    (OSError(errno.ENOSPC, "No space left on device"), IndexUnwritable, r"no room left for .*engine.*was committed"),
    (ValueError("An IO error: No space left on device (os error 28)"), IndexUnwritable, "no room left"),
    (ValueError("Os { code: 30, kind: ReadOnlyFilesystem }"), IndexUnwritable, "read-only file system"),
    (PermissionError(errno.EACCES, "Permission denied", "/x/y"), IndexUnwritable, r"/x/y may not be written"),
    (ValueError("LockFailure(IoError(Os { code: 38, kind: Unsupported }))"), IndexUnwritable, "cannot lock files"),
]


def failing(error: BaseException) -> Callable[..., Any]:
    def fail(*_: Any, **__: Any) -> Any:
        raise error

    return fail


@pytest.fixture(params=EMBEDDED)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Engine:
    return create(str(request.param), tmp_path / "engine", [entry("1", "Wort")])


@pytest.mark.parametrize(("error", "kind", "message"), FAILURES)
def test_a_failure_is_told_and_the_engine_goes_on(
    engine: Any, error: BaseException, kind: type[NachleseError], message: str
) -> None:
    """Whatever a library raises is an error of ours with a remedy, and the next request is answered."""
    for name, arguments in {"search": (EngineRequest(WORD),), "get": ("1",), "vocabulary": ("body_form", "", 5),
                            "frequency": ("body_form", "wort"), "count": (), "refresh": ()}.items():  # fmt: skip
        setattr(engine._engine, name, failing(error))
        with pytest.raises(kind, match=message) as caught:
            getattr(engine, name)(*arguments)
        assert caught.value.__cause__ is error
        assert kind is IndexDamaged or "--rebuild" not in str(caught.value)
        assert [match.id for match in engine.search(EngineRequest(WORD)).matches] == ["1"]


@pytest.mark.parametrize(("error", "kind", "message"), WRITING)
def test_a_failed_write_is_told_and_undone(
    engine: Any, error: BaseException, kind: type[NachleseError], message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No room, no right, no lock: each has its sentence, never that of damage, and the entries are those of before."""

    def write() -> None:
        with engine.writer() as writer:
            writer._writer.put = failing(error)
            writer.put(entry("2", "Wort"))

    with pytest.raises(kind, match=message) as caught:
        write()
    assert "--rebuild" not in str(caught.value)
    engine.refresh()
    assert engine.count() == 1


def test_a_dead_writer_is_told_by_what_killed_it(engine: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """tantivy only says that its writer is dead; if the disk is full, that is what is told."""

    def full(path: Path, content: bytes) -> int:
        raise OSError(errno.ENOSPC, "No space left on device", str(path))

    engine._engine.merge_segments = failing(ValueError("An index writer was killed.."))
    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(IndexUnwritable, match="no room left"):
        engine.merge_segments()


def test_what_a_block_raises_is_its_own(engine: Any) -> None:
    """An exception of the program that writes is passed on as it is, and undoes the block."""

    def write(error: BaseException) -> None:
        with engine.writer() as writer:
            writer.put(entry("2", "Wort"))
            raise error

    for error in (RuntimeError("ours"), KeyboardInterrupt(), BadRequest("q", "ours")):
        with pytest.raises(type(error)) as caught:
            write(error)
        assert caught.value is error
        engine.refresh()
        assert engine.count() == 1


def test_stopping_and_our_errors_pass(engine: Any) -> None:
    """Ctrl-C and errors of ours, such as one for a request that takes too long, are no failure of an engine."""
    for error in (KeyboardInterrupt(), SystemExit(3), BadRequest("q", "too dear")):
        engine._engine.search = failing(error)
        with pytest.raises(type(error)) as caught:
            engine.search(EngineRequest(WORD))
        assert caught.value is error


def test_a_real_panic_is_an_error_of_ours(tmp_path: Path) -> None:
    """A flipped bit in positions makes tantivy panic: the request gets an error, and the next one its answer."""
    words = [f"wort{number:03}" for number in range(300)]
    create("tantivy", tmp_path / "engine", [entry(str(n), " ".join(words[n:] + words[:n])) for n in range(200)])
    (file,) = (tmp_path / "engine").glob("*.pos")
    whole = file.read_bytes()
    file.write_bytes(b"\xff" * (len(whole) - FOOTER) + whole[-FOOTER:])
    engine = load_engine("tantivy", tmp_path / "engine")
    for _ in range(2):
        with pytest.raises(IndexDamaged, match="nachlese check") as caught:
            engine.search(EngineRequest(Phrase("body_form", ("wort001", "wort002"))))
        assert not isinstance(caught.value.__cause__, Exception)
        assert engine.search(EngineRequest(Term("body_form", "wort001"))).total == 200
