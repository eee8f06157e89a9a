"""Which words of a query may be missing in an article that answers it?

Wahl in Hessen asks for an article about both nouns; the word between them says how they go
together, and an article that puts it differently answers as well. Such words still score, and in
quotation marks or behind = they are as binding as any.
"""

from __future__ import annotations

from search.german.tokens import normalise
from search.query import nodes

# Articles, pronouns, prepositions, conjunctions, auxiliary verbs and question words, as exact
# terms. Words that turn the meaning (nicht, kein, ohne, gegen, mehr) are none of them.
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


def is_function_word(text: str) -> bool:
    """Whether a word is one of FUNCTION_WORDS, however it is written."""
    return normalise(text) in FUNCTION_WORDS


def with_optional_words(query: nodes.Query) -> nodes.Query:
    """The query with its function words optional, if it has other words."""
    match query:
        case nodes.And(queries):
            return _with_optional(tuple(map(with_optional_words, queries)))
        case nodes.Or(queries):
            return nodes.Or(tuple(map(with_optional_words, queries)))
        case nodes.InField(field, inner):
            return nodes.InField(field, with_optional_words(inner))
        case _:
            return query


def _with_optional(queries: tuple[nodes.Query, ...]) -> nodes.Query:
    optional = tuple(query for query in queries if _is_function_word(query))
    required = tuple(query for query in queries if query not in optional)
    if not optional or not any(_asks_for_words(query) for query in required):
        return nodes.And(queries)
    return nodes.Should(nodes.And(required) if len(required) > 1 else required[0], optional)


def _is_function_word(query: nodes.Query) -> bool:
    return isinstance(query, nodes.Word) and is_function_word(query.text)


def _asks_for_words(query: nodes.Query) -> bool:
    return not isinstance(query, nodes.Not | nodes.DateRange)
