"""What must be written again so that nothing deleted is left on the disk?

tantivy drops deleted entries when it merges segments, and its bindings cannot ask it to. But it removes a segment
with nothing but deleted entries at once: so all that lives in a segment with some is put again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import tantivy

from search.engines.tantivy.hits import stored
from search.engines.tantivy.merging import living, segments


def beside_deleted(directory: Path, searcher: tantivy.Searcher) -> Iterator[str]:
    """What was stored with the entries that live in a segment with deleted ones."""
    # The searcher numbers segments in an order of its own; what they are known by is how many entries live in them.
    holed = {living(segment) for segment in segments(directory) if segment["deletes"]}
    places: dict[int, list[tantivy.DocAddress]] = defaultdict(list)
    if holed and searcher.num_docs:
        for _, place in searcher.search(tantivy.Query.all_query(), int(searcher.num_docs), count=False).hits:
            places[place.segment_ord].append(place)
    for beside in places.values():
        if len(beside) in holed:
            yield from (stored(searcher.doc(place)) for place in beside)
