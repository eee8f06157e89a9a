"""Which name stands for a person, place or organisation, however an article writes it?

The recogniser tells where names stand (`indexer/recognition`); here they become entities. `aliases` knows
what was said about names, `inflection` how German inflects them, `persons` which names mean one person,
`article` joins it all.
"""

from indexer.resolution.aliases import Aliases, read_aliases
from indexer.resolution.article import FieldSpan, Resolved, resolve

__all__ = ["Aliases", "FieldSpan", "Resolved", "read_aliases", "resolve"]
