"""What did a killed commit leave that stands in the way of the next one?

tantivy names the list of deleted entries of a segment by a number that counts its operations. Killed before the
commit is published, it leaves such a list; the next writer, which begins to count at the same number and often does
the same, fails as the file exists already.
"""

from __future__ import annotations

from pathlib import Path

from search.engines.tantivy.merging import segments


def remove_unpublished_deletions(directory: Path) -> None:
    """Remove the lists of deleted entries that are of no commit. Only the one that writes may call this."""
    published = {
        f"{segment['segment_id'].replace('-', '')}.{segment['deletes']['opstamp']}.del"
        for segment in segments(directory)
        if segment["deletes"]
    }
    for path in directory.glob("*.del"):
        if path.name not in published:
            path.unlink(missing_ok=True)
