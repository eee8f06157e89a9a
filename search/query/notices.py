"""What to tell the reader about how a query was understood: codes for programs, German for people."""

from __future__ import annotations

from collections.abc import Callable

from search.page import Notice
from search.query.nodes import FIELD_NAMES
from search.query.unknown_fields import nearest_field


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for it
    """A message that others translate; here it is only marked."""
    return message


MESSAGES = {
    "parenthesis": N_("Eine Klammer „{detail}“ hat kein Gegenstück und wurde übergangen."),
    "operator": N_(
        "„{detail}“ verbindet hier nichts und wurde übergangen. Als Wort gesucht wird es klein geschrieben."
    ),
    "almost_operator": N_("„{detail}“ wurde als Wort gesucht. Soll es verknüpfen, schreiben Sie es in Großbuchstaben."),
    "quote": N_("Das schließende Anführungszeichen fehlt; die Wortfolge reicht bis zum Ende der Anfrage."),
    "date": N_(
        "„{detail}“ ist kein Datum und wurde übergangen. Verständlich sind 2024, 2024-03, 13.8.2025 "
        "und Spannen wie 2024-03..2024-05."
    ),
    "too_long": N_("Die Anfrage ist zu lang; nur die ersten {detail} Teile wurden gesucht."),
    "too_deep": N_("Die Klammern sind tiefer als {detail} Ebenen geschachtelt; der Rest wurde übergangen."),
    "too_far": N_("Wörter lassen sich mit höchstens {detail} Wörtern Abstand suchen."),
    "many_distances": N_(
        "Mehr als {detail} Abstände zwischen Wörtern lassen sich nicht auf einmal suchen; die Wörter der übrigen "
        "Wortfolgen wurden einzeln gesucht."
    ),
    "short_wildcard": N_(
        "In „{detail}“ müssen zwei Buchstaben vor dem Platzhalter stehen oder drei am Stück "
        "dahinter; gesucht wurde ohne Platzhalter."
    ),
    "wildcards": N_(
        "Mehr als {detail} Platzhalter und Tilden lassen sich nicht auf einmal suchen; die übrigen wurden übergangen."
    ),
    "unknown_field": N_(
        "Ein Feld „{detail}“ gibt es nicht; gesucht wurde nach den Wörtern. Felder sind {fields} und datum."
    ),
    "quoted_wildcard": N_(
        "In „{detail}“ sind * und ? keine Platzhalter: Hinter = und bei einem Abstand gilt das Wort, wie es dasteht."
    ),
    "quoted_pattern": N_(
        "Mit Platzhaltern wie in „{detail}“ lässt sich keine Wortfolge suchen; gefunden wurden Artikel, in denen alle "
        "diese Wörter stehen."
    ),
    "too_many_errors": N_("In „{detail}“ lassen sich höchstens zwei Tippfehler zulassen; gesucht wurde mit zwei."),
    "many_fitting": N_("Auf „{detail}“ passen sehr viele Wörter; gesucht wurden die häufigsten."),
    "listed_otherwise": N_("Dieses Archiv führt einen Namen anders: {detail}."),
    "few_marked": N_(
        "Fundstellen sind nur in den ersten {detail} Treffern markiert; für die übrigen hätte es zu lange gedauert."
    ),
    "archives_absent": N_("Diese Archive sind gerade nicht erreichbar und wurden nicht durchsucht: {detail}."),
    "collapsed_apart": N_(
        "Gleiche Meldungen werden nur innerhalb eines Archivs erkannt; aus mehreren Archiven können sie mehrmals "
        "dastehen."
    ),
    "copies_unknown": N_("Dieses Archiv weiß nicht, welche Artikel gleiche Meldungen sind; gezeigt werden alle."),
    "no_words": N_("„{detail}“ enthält kein Wort, nach dem sich suchen lässt."),
    "phrase_relaxed": N_("Die genaue Wortfolge kommt nicht vor; gefunden wurden andere Wortformen."),
    "words_many": N_(
        "Von so vielen Wörtern muss ein Artikel nicht jedes enthalten; mit mehr davon steht er weiter oben."
    ),
    "words_apart": N_("So zusammen kommen die Wörter nicht vor; gefunden wurden Artikel, in denen sie einzeln stehen."),
    "words_relaxed": N_("Kein Artikel enthält alle Wörter; gefunden wurden Artikel mit wenigstens einem davon."),
}
_NEAR = N_("Gemeint ist vielleicht {field}.")


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
    return Notice(code, notice_text(code, detail), detail)


def notice_text(code: str, detail: str, translated: Callable[[str], str] = str) -> str:
    """The message of a notice, in German unless its parts are `translated`."""
    fields = ", ".join(names[0] for names in FIELD_NAMES.values())
    text = translated(MESSAGES[code]).format(detail=detail, fields=fields)
    if code == "unknown_field" and (near := nearest_field(detail)):
        text += " " + translated(_NEAR).format(field=near)
    return text
