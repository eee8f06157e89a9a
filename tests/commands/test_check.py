"""`nachlese check` compares the files of an index with what was written, `serve --check` before it serves."""

from pathlib import Path

import pytest

from tests.commands.running import Shell


@pytest.fixture(params=["whoosh", "tantivy"])
def filled(request: pytest.FixtureRequest, shell: Shell) -> Shell:
    shell.records("news.jsonl", {"id": "a", "body": "Die Wahl in Hessen."})
    shell.run("index", "news.jsonl", "--no-entities", "--engine", str(request.param))
    return shell


def largest(shell: Shell) -> Path:
    return max((shell.folder / "index" / "generation-000001").iterdir(), key=lambda file: file.stat().st_size)


def flip(file: Path) -> None:
    whole = file.read_bytes()
    file.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))


def test_a_sound_index_is_told(filled: Shell) -> None:
    """An index as it was written has exit code 0."""
    done = filled.run("check")
    assert (done.code, done.err) == (0, "")
    assert "all as they were written" in done.out
    report = filled.run("check", "--json").json
    assert report["sound"]
    assert report["checked"] > 1


def test_damage_is_told_with_file_and_remedy(filled: Shell) -> None:
    """A damaged file is named on standard output, the remedy on standard error, and the exit code is 4."""
    flip(largest(filled))
    done = filled.run("check")
    assert done.code == 4
    assert f"damaged     generation-000001/{largest(filled).name}" in done.out
    assert "--rebuild" in done.err
    report = filled.run("check", "--json")
    assert (report.code, report.json["damaged"]) == (4, [f"generation-000001/{largest(filled).name}"])


@pytest.mark.parametrize("setting", [True, False])
def test_a_damaged_index_is_not_served(filled: Shell, monkeypatch: pytest.MonkeyPatch, setting: bool) -> None:
    """With --check, or NACHLESE_CHECK=1, the server refuses a damaged index, and serves a sound or missing one."""
    served: list[Path] = []
    monkeypatch.setattr("web.server.serve", lambda directory, *_, **__: served.append(directory))
    monkeypatch.setenv("NACHLESE_CHECK", "1" if setting else "0")
    option = () if setting else ("--check",)
    assert filled.run("serve", *option).code == 0
    assert filled.run("serve", *option, "--index", "none").code == 0
    assert len(served) == 2
    flip(largest(filled))
    done = filled.run("serve", *option)
    assert (done.code, len(served)) == (4, 2)
    assert "--rebuild" in done.err
    assert filled.run("serve", "--no-check").code == 0


def test_no_index_is_told(shell: Shell) -> None:
    """Without an index there is nothing to compare."""
    done = shell.run("check")
    assert done.code == 4
    assert "nachlese index" in done.err
