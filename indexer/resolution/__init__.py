"""Which entity does each name stand for, however an article writes it? Coreference and entity resolution.

The recogniser tells where names stand (`indexer/recognition`); here they become entities. `article` is the way from
one to the other:

    found_names       names that aliases or the article fix, and repetitions (name_matcher)
    foreign_names     foreign names that the recogniser cut are whole
    offices           several words behind an office are a person's
    occupations       a lone last name behind an office or an occupation is one (personal_nouns)
    parties           whoever has a party behind him is a person
    recognised_names  what the recogniser found, without what is no part of it (boundaries, titles, inflection)
    common_words      what the article writes in small letters as well is no name
    possessives       *Spahns Ministerium* names Spahn
    sure_names        countries, and organisations that the program knows
    entity_types      one type for each spelling (firms)
    canonical_names   whom each name stands for (persons, abbreviations)
    selection         what the article is listed under

`aliases` has what somebody fixed about names, `first_names` which words are first names; `cache` saves time.
"""

from indexer.resolution.aliases import Aliases, read_aliases
from indexer.resolution.article import resolve
from indexer.resolution.found_names import FieldSpan
from indexer.resolution.selection import Resolved

__all__ = ["Aliases", "FieldSpan", "Resolved", "read_aliases", "resolve"]
