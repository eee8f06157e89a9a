"""What do many articles say together? Curves, concordances, typical words, comparisons, records of searches."""
