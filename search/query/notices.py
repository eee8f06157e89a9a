"""What to tell the reader about how a query was understood: codes for programs, German for people."""

from __future__ import annotations

from search.page import Notice
from search.query.nodes import FIELD_NAMES
from search.query.unknown_fields import nearest_field

MESSAGES = {
    "parenthesis": "Eine Klammer „{detail}“ hat kein Gegenstück und wurde übergangen.",
    "operator": "„{detail}“ verbindet hier nichts und wurde übergangen. Als Wort gesucht wird es klein geschrieben.",
    "almost_operator": "„{detail}“ wurde als Wort gesucht. Soll es verknüpfen, schreiben Sie es in Großbuchstaben.",
    "quote": "Das schließende Anführungszeichen fehlt; die Wortfolge reicht bis zum Ende der Anfrage.",
    "date": "„{detail}“ ist kein Datum und wurde übergangen. Verständlich sind 2024, 2024-03, 13.8.2025 "
    "und Spannen wie 2024-03..2024-05.",
    "too_long": "Die Anfrage ist zu lang; nur die ersten {detail} Teile wurden gesucht.",
    "too_deep": "Die Klammern sind tiefer als {detail} Ebenen geschachtelt; der Rest wurde übergangen.",
    "too_far": "Wörter lassen sich mit höchstens {detail} Wörtern Abstand suchen.",
    "short_wildcard": "In „{detail}“ müssen zwei Buchstaben vor dem Platzhalter stehen oder drei am Stück "
    "dahinter; gesucht wurde ohne Platzhalter.",
    "wildcards": "Mehr als {detail} Platzhalter und Tilden lassen sich nicht auf einmal suchen; "
    "die übrigen wurden übergangen.",
    "unknown_field": "Ein Feld „{detail}“ gibt es nicht; gesucht wurde nach den Wörtern. Felder sind "
    f"{', '.join(names[0] for names in FIELD_NAMES.values())} und datum.",
    "quoted_wildcard": "In „{detail}“ sind * und ? keine Platzhalter: Hinter = und bei einem Abstand gilt das Wort, "
    "wie es dasteht.",
    "quoted_pattern": "Mit Platzhaltern wie in „{detail}“ lässt sich keine Wortfolge suchen; gefunden wurden Artikel, "
    "in denen alle diese Wörter stehen.",
    "too_many_errors": "In „{detail}“ lassen sich höchstens zwei Tippfehler zulassen; gesucht wurde mit zwei.",
    "many_fitting": "Auf „{detail}“ passen sehr viele Wörter; gesucht wurden die häufigsten.",
    "few_marked": "Fundstellen sind nur in den ersten {detail} Treffern markiert; für die übrigen war es zu viel Text.",
    "no_words": "„{detail}“ enthält kein Wort, nach dem sich suchen lässt.",
    "phrase_relaxed": "Die genaue Wortfolge kommt nicht vor; gefunden wurden andere Wortformen.",
    "words_many": "Von so vielen Wörtern muss ein Artikel nicht jedes enthalten; mit mehr davon steht er weiter oben.",
    "words_apart": "So zusammen kommen die Wörter nicht vor; gefunden wurden Artikel, in denen sie einzeln stehen.",
    "words_relaxed": "Kein Artikel enthält alle Wörter; gefunden wurden Artikel mit wenigstens einem davon.",
}


class Notes:
    """Collects the codes of notices with a detail each, every pair once, while a query is read."""

    def __init__(self) -> None:
        self._notes: dict[tuple[str, str], None] = {}

    def add(self, code: str, detail: str = "") -> None:
        """Note that the notice `code` is due, with what its message may quote."""
        self._notes[code, detail] = None

    def all(self) -> tuple[tuple[str, str], ...]:
        """What was noted, in order."""
        return tuple(self._notes)


def notice(code: str, detail: str = "") -> Notice:
    """The notice of a code, with a detail that its message may quote."""
    message = MESSAGES[code].format(detail=detail)
    if code == "unknown_field" and (near := nearest_field(detail)):
        message += f" Gemeint ist vielleicht {near}."
    return Notice(code, message)
