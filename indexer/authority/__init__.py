"""What is each name called across the archive? One name for one entity, whatever single articles say.

Resolution (indexer/resolution) sees one article. Here all of them are asked, after a run, without reading a text again:

    evidence   what the archive says of names: numbers of articles, and words that it writes small
    rules      which name is listed in place of which
    fixing     articles that write a name whose alias changed are resolved again
    settling   articles that are listed under other names than that are put again

Librarians call this authority control.
"""

from indexer.authority.fixing import AliasesInEffect, aliases_in_effect
from indexer.authority.settling import settle

__all__ = ["AliasesInEffect", "aliases_in_effect", "settle"]
