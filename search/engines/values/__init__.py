"""Which values of keywords has each entry, and how many entries have each? Arrays beside the commits of an engine."""
