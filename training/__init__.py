"""What builds the data that ships: the lexicon of compounds and the recogniser of names. Not installed."""
