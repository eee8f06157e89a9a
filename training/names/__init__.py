"""Packs the lists of names that resolution asks: first names, countries and firms.

    python -m training.names DATA

needs the extra "train", and writes `first_names.txt`, `countries.txt` and `stock_firms.txt` of indexer/resolution/data.
DATA is the folder with ner/. The same versions of Faker, Babel and pytickersymbols give the same files.
"""
