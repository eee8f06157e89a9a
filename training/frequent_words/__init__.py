"""What do the rules say of frequent words? Written down beforehand, for `search/german/frequent_words.py` to look up.

    python -m training.frequent_words DIRECTORY

DIRECTORY is the folder with `lexicon` and `news`. Taken are the words of the frequency bands, and those of the lists of
words and nouns that occur in the news. The same lists give the same file, in half a minute. Run it after any change of
the rules; `--again` asks them anew about the words that the file has, and needs no lists.
"""
