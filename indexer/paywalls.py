"""Does a page show only the beginning of what must be paid for? A box that offers the rest is no text of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from indexer.metadata import words_of
from indexer.remarks import asks_to_read_on, is_offer
from indexer.text_blocks import Block

_BOX_WORDS = frozenset("paywall paygate regwall abobox aboangebot".split())
_NEAREST = 6  # elements around a sentence that may be the box
_LONGEST_BOX = 1500  # characters; a wrapper of all that subscribers read is called so, too


def without_offers(blocks: Sequence[Block]) -> tuple[list[Block], bool]:
    """The blocks without boxes that offer the rest of the article, and whether the page surely does not show that."""
    boxes = {box for block in blocks if is_offer(block.text) for box in _boxes(block)}
    lengths = dict.fromkeys(boxes, 0)
    for block in blocks:
        for box in boxes.intersection(_boxes(block)):
            lengths[box] += len(block.text)
    offers = {box for box, length in lengths.items() if length <= _LONGEST_BOX}
    closed = bool(offers) or any(asks_to_read_on(block.text) for block in blocks)
    return [block for block in blocks if offers.isdisjoint(_boxes(block))], closed


def _boxes(block: Block) -> Iterator[int]:
    """The id() of the elements around a block that are called paywall or the like."""
    around = (block.element, *islice(block.element.parents, _NEAREST))
    return (id(tag) for tag in around if words_of(tag, "class", "id") & _BOX_WORDS)
