"""What comes of a document? Articles, problems, what is passed over, and articles that their publisher withdraws."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from indexer.errors import Problem
from search.article import Article


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A document that is not read, and no failure: `kind` says why, `extra` which packages would read it.

    `document` is its name. What an extra would read may have been read before, by another installation.
    """

    document: str
    kind: str
    extra: str = ""


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """The id of an article that a document takes back, as agencies do; or that `is_part` of what it holds itself."""

    id: str
    is_part: bool = False


Item: TypeAlias = Article | Problem | PassedOver | Withdrawn
