"""Which words have another stem than Snowball's rules say? Learns it from free word lists and writes what differs.

    python -m training.forms DIRECTORY

DIRECTORY holds what `python -m training.lexicon` is given. The words go to search/german/data, with those that have
two stems and the verbs that may be apart from their prefix; the same lists give the same files, in about two minutes.

    strong_verbs.txt   strong and irregular verbs, by hand
    handmade.toml      words that belong together by no rule, by hand
    nouns.py           which words are forms of which noun
    verbs.py           the verbs of the lists, and all their forms
    separable.py       the verbs that may be apart from their prefix
    adjectives.py      dunkel, dunkle; groß, größte
    table.py           all of them, without those that the rules of `search/german/forms.py` lead to

Nouns win where a form can be one of a verb, too (Waren, Reisen), but for strong participles (verboten).
"""
