"""Which names are found in an article, and which words are none."""
