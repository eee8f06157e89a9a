"""The words that hold a German sentence together, and tell nothing of what it is about."""

from __future__ import annotations

from search.german.tokens import normalise

# Articles, pronouns, prepositions, conjunctions, auxiliary verbs and question words, as exact
# terms. Words that turn the meaning are none of them.
FUNCTION_WORDS = frozenset(
    """
    der die das den dem des ein eine einen einem einer eines
    ich du er sie es wir ihr mich dich sich uns euch mir dir ihm ihn ihnen man
    mein meine meinen meinem meiner meines dein deine deinen sein seine seinen seinem seiner seines
    ihre ihren ihrem ihrer ihres unser unsere unseren unserem unserer euer eure
    dieser diese dieses diesen diesem jener jene jenes jenen jenem derer deren dessen
    in im ins an am ans auf aufs aus bei beim bis durch für gegenüber hinter mit nach neben seit
    über überm um ums unter unterm von vom vor vorm wegen während zu zum zur zwischen
    und oder aber denn sondern sowie als wie ob dass daß weil wenn da damit so auch
    ist sind war waren wird werden wurde wurden worden sei bin hat haben hatte hatten gibt gab
    kann können konnte konnten soll sollen sollte muss muß müssen musste will wollen wollte darf dürfen
    wer wen wem wessen was wann wo woher wohin womit wofür worin warum wieso weshalb
    welcher welche welches welchen welchem
    hier dort schon noch nur eigentlich denn etwa
    """.split()
)

TURNING_WORDS = frozenset("nicht nichts nie kein keine keinen keinem keiner keines ohne gegen mehr weniger".split())


def turns_the_meaning(text: str) -> bool:
    """Whether a word is one of TURNING_WORDS, which change what others say and say nothing alone."""
    return normalise(text) in TURNING_WORDS


def is_function_word(text: str) -> bool:
    """Whether a word is one of FUNCTION_WORDS, however it is written."""
    return normalise(text) in FUNCTION_WORDS


def stands_in_sentences(text: str) -> bool:
    """Whether a word is one of FUNCTION_WORDS as sentences have it, also at their beginning: not the firm *DER*."""
    return (text.islower() or text.istitle()) and is_function_word(text)
