"""Packs the lists of names that resolution asks: first names and countries.

    python -m training.names

needs the extra "train", and writes `first_names.txt` and `countries.txt` of indexer/resolution/data. The same versions
of Faker and Babel give the same files.
"""
