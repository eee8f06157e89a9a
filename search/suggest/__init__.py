"""What else could be asked? Corrections, completions, similar articles, and the names of the archive."""
