"""Where does the indexer keep what it knows of documents? In a file that is no part of the index."""

from pathlib import Path

LEDGER = "documents.sqlite"


def forget_ledger(folder: Path) -> None:
    """Remove what is known of documents."""
    for name in (LEDGER, f"{LEDGER}-journal"):
        (folder / name).unlink(missing_ok=True)
