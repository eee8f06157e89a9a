"""Which words are parts of compounds? Learns it from free word lists and writes the lexicon of the splitter.

    python -m training.lexicon DIRECTORY

DIRECTORY holds nouns-cc0.txt.gz, words-cc0.txt.gz (both CC0) and news-frequency-bands-cc-by.tsv.gz
(Leipzig Corpora Collection, CC BY 4.0). The table goes to compounds.txt beside this file, to be read
by people, and packed to search/german/data; the same lists and the same versions of Babel and Faker give the same
table, byte by byte, in about a minute.

    handmade.toml   what no list knows: particles, endings, short words that may be parts
    lists.py        the word lists
    grammar.py      which form may stand where
    learning.py     the likeliest way to take each noun apart, and how often each part was seen
    table.py        what parts cost, and which words only look like compounds

The nouns teach: most of them are compounds of other nouns of the list. So each is taken apart into
a modifier and a head in the likeliest way, the modifiers and heads are counted, and that is repeated
until it settles: Viterbi training of a unigram model (as in Morfessor, Creutz and Lagus 2002), with
linguistic limits on what may be a part. The other words teach what is no compound: verb and
adjective forms that look like one (ver+sengen, paradigma+tischen) make their last part dearer.
"""
