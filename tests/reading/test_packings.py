"""Files that are packed by themselves: with gzip, bzip2 and xz, in one stream or several, damaged, or in other ways."""

from __future__ import annotations

import bz2
import gzip
import lzma
import tracemalloc
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer import Document, PassedOver, find_documents
from indexer.packings import FOREIGN
from tests.reading.sample import articles, line, problems, read, the_article, the_problem, written

WAYS = [(".gz", gzip.compress), (".bz2", bz2.compress), (".xz", lzma.compress)]
RECORDS = "".join(line(id=number, body=f"Artikel {number * 7919}") for number in range(2_000)).encode()


def packed(folder: Path, name: str, data: bytes) -> Path:
    """A file of packed bytes, as they are."""
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(("suffix", "pack"), WAYS)
@pytest.mark.parametrize("name", ["a.jsonl", "a", "a.txt"])
def test_a_packed_file_is_read_as_what_it_holds(
    tmp_path: Path, suffix: str, pack: Callable[[bytes], bytes], name: str
) -> None:
    """Its format is told by its name, and by its first bytes where that says nothing or something else."""
    path = packed(tmp_path, f"{name}{suffix}", pack(b'{"id": "1", "body": "Text."}\n{"id": "2", "body": "Mehr."}\n'))
    assert [article.id for article in articles(read(path))] == ["1", "2"]


@pytest.mark.parametrize(("suffix", "pack"), WAYS)
def test_a_name_need_not_say_that_a_file_is_packed(tmp_path: Path, suffix: str, pack: Callable[[bytes], bytes]) -> None:
    """What is packed and does not say so is unpacked all the same."""
    assert the_article(read(packed(tmp_path, "a.txt", pack(b"Titel\n\nText.")))).body == "Text."


@pytest.mark.parametrize(("suffix", "pack"), WAYS)
def test_several_streams_are_one_file(tmp_path: Path, suffix: str, pack: Callable[[bytes], bytes]) -> None:
    """Programs that pack with several processes write many streams behind each other; each is read."""
    pieces = [RECORDS[place : place + 900] for place in range(0, len(RECORDS), 900)]
    path = packed(tmp_path, f"a.jsonl{suffix}", b"".join(map(pack, pieces)))
    assert len(articles(read(path))) == 2_000


def test_zeros_between_streams_of_xz_are_no_damage(tmp_path: Path) -> None:
    """The format allows for zeros behind each stream."""
    half = RECORDS.index(b"\n", len(RECORDS) // 2) + 1
    data = lzma.compress(RECORDS[:half]) + bytes(200_000) + lzma.compress(RECORDS[half:]) + bytes(4)
    assert len(articles(read(packed(tmp_path, "a.jsonl.xz", data)))) == 2_000


@pytest.mark.parametrize(("suffix", "pack"), WAYS)
def test_what_stands_before_a_break_is_read(tmp_path: Path, suffix: str, pack: Callable[[bytes], bytes]) -> None:
    """Of a file that breaks off, what came before is read, and the report says that it did."""
    data = b"".join(pack(RECORDS[place : place + 5_000]) for place in range(0, len(RECORDS), 5_000))
    found = read(packed(tmp_path, f"a.jsonl{suffix}", data[:-300]))
    assert 100 < len(articles(found)) < 2_000
    assert problems(found)[-1].message == "is a packed file that breaks off; copy or download it again"


@pytest.mark.parametrize(("suffix", "pack"), WAYS[1:])
def test_damage_is_told(tmp_path: Path, suffix: str, pack: Callable[[bytes], bytes]) -> None:
    """Damaged bytes, and a name that only says that a file is packed, are one line in the report."""
    data = bytearray(pack(RECORDS))
    data[-6] ^= 0xFF  # of a check sum
    for each in (bytes(data), b"nur Text", pack(RECORDS) + b"Rest"):
        found = problems(read(packed(tmp_path, f"a.jsonl{suffix}", each)))
        assert "is not a sound packed file" in found[-1].message


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    """A small file of millions of empty lines is given up early."""
    bomb = lzma.compress(b" " * 1_000_000 + b"\n", preset=0) * 70
    problem = the_problem(read(packed(tmp_path, "a.jsonl.xz", bomb)))
    assert "unpacks to more than 200 times its size" in problem.message


def test_a_header_of_xz_takes_no_memory_that_it_asks_for(tmp_path: Path) -> None:
    """A file of a hundred bytes may ask for gigabytes to be unpacked; it is refused."""
    data = bytearray(lzma.compress(b"Titel\n\nText."))
    size = (data[12] + 1) * 4  # of the header of the first block, which begins behind that of the file
    data[16] = 40  # a dictionary of 4 GiB
    data[12 + size - 4 : 12 + size] = zlib.crc32(data[12 : 12 + size - 4]).to_bytes(4, "little")
    tracemalloc.start()
    message = the_problem(read(packed(tmp_path, "a.txt.xz", bytes(data)))).message
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "emory usage limit exceeded" in message
    assert peak < 10_000_000


@pytest.mark.parametrize("magic", FOREIGN)
@pytest.mark.parametrize("name", ["a.txt", "a", "b.html"])
def test_what_takes_other_programs_is_told_by_kind(tmp_path: Path, magic: bytes, name: str) -> None:
    """7-Zip, RAR and Zstandard are counted as what they are, whatever the file is called."""
    path = packed(tmp_path, name, magic + b"\0\x04" * 100)
    (found,) = [item for item in read(path) if isinstance(item, PassedOver)]
    assert found.kind == "packed file of another kind"


@pytest.mark.parametrize("name", ["a.7z", "a.rar", "a.jsonl.zst", "a.TAR.ZST"])
def test_names_of_such_files_tell_the_remedy(tmp_path: Path, name: str) -> None:
    """In a folder they are counted by kind; who names one is told to unpack it."""
    path = packed(tmp_path, name, b"x")
    written(tmp_path, "a.txt", "Wort")
    kinds = [item.kind for item in find_documents([str(tmp_path)]) if isinstance(item, PassedOver)]
    assert kinds == [f".{name.lower().rpartition('.')[2]}"]
    (refused,) = find_documents([str(path)])
    assert not isinstance(refused, Document | PassedOver)
    assert refused.message == "is packed in a way that is not read; unpack it"
