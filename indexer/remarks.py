"""Which paragraphs of a page are remarks of its publisher, and not the article's text?

*Stand: 3.5.2021, 14 Uhr*, *Lesen Sie auch*, *Jetzt weiterlesen*, what must be agreed to before a video is shown. Only
short paragraphs are looked at: an article may be about newsletters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from indexer.date_lines import is_date_line
from indexer.text_blocks import Block
from indexer.written_dates import parse_written_date

LONGEST = 400  # characters of a remark
_LONGEST_LABEL = 80
_OFTEN = 3  # times; a long paragraph that stands on a page so often is text of its article once at most
_TOP = 3  # paragraphs that may say who wrote when
_LONG = 60  # characters; lines of songs and interviews come again


def _any_of(*pieces: str, before: str = "", behind: str = "") -> re.Pattern[str]:
    """What consists of one of the pieces, with something before or behind it."""
    return re.compile(f"{before}(?:{'|'.join(pieces)}){behind}", re.IGNORECASE)


_DAY = r"\d{1,2}\.\s?(?:\d{1,2}\.|[A-Za-zäÄ]{3,9}\.?)\s?(?:\d{4}|\d{2})\b"
_UPDATED = _any_of(
    "stand|datum|update|erschienen",
    "(?:zuletzt |erst)?(?:veröffentlicht|publiziert|aktualisiert|erstellt|bearbeitet)",
    r"letzte\w* (?:update|aktualisierung|änderung)",
    behind=rf"\b[^.!?]{{0,20}}{_DAY}.*",
)
_LABEL = _any_of(
    r"(?:mehr|zum thema|weiterlesen|lesetipps?|auch interessant|passend dazu|siehe auch|themen in diesem artikel)\W*",
    r"(?:lesen|hören|sehen) sie (?:auch|hier|dazu|mehr|weiter|hierzu)\b[^.!?]{0,60}|(?:lies|siehe) auch\b[^.!?]{0,60}",
    r"mehr (?:dazu|zum thema|lesen|informationen|zu diesem thema|aus|über)\b[^.!?]{0,60}",
    r"weitere (?:informationen|artikel|themen|nachrichten|meldungen)\b[^.!?]{0,60}|dieses thema im programm\b.*",
    "das könnte (?:sie|dich) (?:auch )?interessieren.*",
)
_TIMES = _any_of(
    r"(?:lese(?:zeit|dauer)[:\s]+)?(?:ca\.\s*)?\d+ min(?:ute[n]?|\.)?(?: lese(?:zeit|dauer)| zu lesen)?",
    r"vor \d+ (?:std|min|stunden?|minuten?|tagen?)\.?",
    r"\d{1,2}:\d{2} min(?:uten|\.)?\b.*|verfügbar bis\b.{0,40}",
)
_RIGHTS = _any_of(
    r"(?:©|\(c\) |copyright\b|hier können sie die rechte an diesem artikel).*",
    r"quellen?: ?\S+(?: \S+){0,3}",
    "alle rechte vorbehalten.*",
    r"(?:nachdruck|vervielfältigung|weiterverwendung)\b.{0,60}(?:genehmigung|verboten|gestattet).*",
)
_ABOUT_PAGE = _any_of(
    r"(?:zugriffe|aufrufe|hits|klicks|kommentare|kategorien?|rubriken?|schlagw[oö]rte?r?|tags)\s?: ?\S.{0,60}",
    r"(?:url|permalink|link|internet|web)\s?:(?: ?\S+)?",
    r"(?:dieser|der) (?:beitrag|artikel|eintrag) wurde (?:am|von|unter|in)\b.{0,200}"
    r"\b(?:veröffentlicht|abgelegt|geschrieben|verfasst|erstellt|gepostet|eingestellt)\b.*",
)
_CONSENT = _any_of(
    r"personenbezogene\w* daten (?:an|von) dritt|privatsphäre-einstellungen",
    r"(?:externe\w*|redaktionelle\w*) inhalte?\b.{0,60}"
    r"(?:nicht|finden|anzeigen|geladen|aktivier|zugestimmt|einverstanden)",
    r"(?:inhalt|video|tweet|beitrag)\w* von (?:youtube|twitter|x|facebook|instagram|tiktok|datawrapper|vimeo|spotify)\b"
    r".{0,80}(?:klick|zustimm|stimmen|daten|cookies)",
    r"mit (?:einem |ihrem )?klick\w*.{0,40}(?:stimme|einverstanden|akzeptier)",
    r"(?:um|damit) .{0,60}\bcookies?\b.{0,60}(?:zustimm|akzeptier|zulassen)",
    before=".*",
    behind=".*",
)
_NEWSLETTER = _any_of(
    r"\bnewsletters?\b.{0,120}(?:abonnier|anmeld|bestell|postfach|widerruf|datenschutz|stimme|kostenlos)",
    r"(?:abonnier|anmeld|bestell|registrier)\w*\b.{0,60}\bnewsletters?\b",
    before=".*",
    behind=".*",
)
_FEEDBACK = _any_of(
    "haben sie .{0,40}(?:fehler|behauptung).{0,30}(?:gefunden|entdeckt)",
    "bitte achten sie darauf, dass ihre kommentare|diskutieren sie mit|schreiben sie uns",
    "kommentare? (?:schreiben|lesen)|(?:artikel|seite) (?:drucken|teilen|versenden)",
    behind=".{0,100}",
)
_COMMENTS = _any_of(
    r"(?:(?:\d+|kein\w*|alle|neueste|ihre|die) )?(?:(?:leser|user|nutzer)-?)?kommentare?(?: \(?\d+\)?)?",
    r"(?:\d+|ein\w*) (?:kommentare?|gedanken?|antworten?|reaktion(?:en)?|meinung(?:en)?) (?:zu|auf|on)\b.*",
    "leser(?:briefe|stimmen|meinungen)",
)
_ENOUGH_PROSE = 2  # blocks of prose make a text; a lead is one
# What a page says that shows nothing without scripts.
_NO_SCRIPTS = _any_of(
    r"(?:diese|unsere) (?:web|internet)?(?:seite|site|anwendung|app)\b.{0,60}\bjava ?script\b",
    r"java ?script (?:ist|is)\b.{0,40}\b(?:deaktiviert|ausgeschaltet|erforderlich|disabled|not enabled|required)\b",
    r"(?:please|sorry|we're sorry|you (?:need|have|must)|(?:this|our) \w*(?:page|site|app|application)|your browser)\b"
    r".{0,80}\bjava ?script\b",
    behind=".{0,200}",
)
_ALLOW = "(?:aktivier|erlaub|zulass|schalte|unterstütz|benötig|erforder)"
_SCRIPTS = _any_of(
    rf"{_ALLOW}.{{0,80}}\bjava ?script\b", rf"\bjava ?script\b.{{0,80}}{_ALLOW}", before=".*", behind=".*"
)
_READ_ON = (  # what only a page says that does not show the rest
    r"(?:(?:sie|du) (?:möchten|möchtest|wollen|willst)|(?:möchten|wollen) sie|(?:möchtest|willst) du)"
    r"(?: (?:den|diesen)(?: ganzen)? (?:artikel|beitrag|text))? weiterlesen\?"
)
_ASKS_TO_READ_ON = re.compile(_READ_ON, re.IGNORECASE)
_OFFER = _any_of(
    "(?:jetzt|hier|sofort|einfach)"
    r"(?: (?:jetzt|hier|gleich|direkt|online|kostenlos|gratis|unverbindlich|abo|digital\w*)){0,4}"
    " (?:weiterlesen|abonnieren|testen|registrieren|anmelden|kaufen|bestellen|freischalten)",
    r"weiter(?:lesen)? mit\b.{0,60}(?:abo|zugang|plus|\+|premium)",
    "(?:sie|du) (?:haben|hast|sind|bist) (?:bereits|schon|noch kein).{0,40}(?:abo|abonnent|kunde|registriert|konto)",
    r"(?:bereits|schon|noch kein\w*) (?:abo|abonnent|registriert|kunde|digitalabo)",
    r"(?:\d+|ein\w*|zwei|drei|vier) (?:wochen?|monate?|tage?) (?:lang )?"
    r"(?:kostenlos|gratis|unverbindlich|(?:für|ab) (?:nur )?\d)",
    r"(?:diese[rn]|den (?:ganzen|vollständigen)) (?:artikel|beitrag|inhalt|text)\b"
    r".{0,60}(?:abonnent|abo\b|plus-|registrier|kostenpflichtig)",
    r"(?:jetzt )?teste(?:n sie)?\b.{0,60}\b(?:kostenlos|gratis|unverbindlich|für (?:nur )?\d)",
    r"(?:[^!?]{0,120}[.!?–|]\s*)?(?:jederzeit|monatlich|täglich|flexibel) kündbar\b.{0,40}",
    r"mit (?:einem|dem|unserem|ihrem)\b.{0,30}abo\b.{0,20}\blesen sie\b",
    _READ_ON,
    behind=".*",
)
# What asks something of its readers speaks to them; an article speaks about data and newsletters.
_TO_READER = re.compile(r"\b(?:Sie|Ihre?[rmn]?|[Dd]u|[Dd]eine?[rmn]?|[Ii]ch|mir|[Mm]eine?[rmn]?)\b")
_REMARKS = (_TIMES, _RIGHTS, _ABOUT_PAGE, _FEEDBACK, _NO_SCRIPTS)
_REQUESTS = (_CONSENT, _NEWSLETTER, _SCRIPTS)


def without_remarks(blocks: Sequence[Block]) -> tuple[list[Block], bool]:
    """The blocks that are text, and whether a remark among the others offers the rest of the article for money.

    A label such as *Lesen Sie auch* takes what it announces with it, up to the next sentence.
    """
    repeated = repetitions([block.text for block in blocks])
    dates = [block.text for block in blocks if not block.is_heading and block.tag != "li" and tells_day(block.text)]
    idle = dates if len(dates) == 1 else []  # several are those of a chronicle
    idle += [block.text for block in blocks[:_TOP] if _is_byline_with_day(block)]
    kept: list[Block] = []
    announced = offered = False
    for number, block in enumerate(blocks):
        text = block.text
        offered = offered or is_offer(text)
        label = len(text) <= _LONGEST_LABEL and bool(_LABEL.fullmatch(text))
        announced = label or (announced and not block.is_prose and (label or not block.is_heading))
        if not (announced or is_remark(text) or text in idle or number in repeated):
            kept.append(block)
    return kept, offered


def _is_byline_with_day(block: Block) -> bool:
    """Whether a paragraph says who wrote when; a lone day may be one of a chronicle."""
    return block.tag == "p" and is_date_line(block.text) and not tells_day(block.text)


def repetitions(texts: Sequence[str]) -> set[int]:
    """The numbers of the texts that repeat a long one which comes again and again, as what stands at each video does.

    The first of them is none: it may be a paragraph of the article that is shown elsewhere, too.
    """
    places: dict[str, list[int]] = {}
    for number, text in enumerate(texts):
        if len(text) >= _LONG:
            places.setdefault(text, []).append(number)
    return {number for numbers in places.values() if len(numbers) >= _OFTEN for number in numbers[1:]}


def above_comments(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks up to a heading such as *3 Kommentare* that stands below a text."""
    prose = 0
    for block in blocks:
        prose += block.is_prose
        if prose >= _ENOUGH_PROSE and block.is_heading and _COMMENTS.fullmatch(block.text.rstrip(" :")):
            return
        yield block


def is_remark(text: str) -> bool:
    """Whether a paragraph is about the page and not of the article."""
    if len(text) > LONGEST:
        return False
    if is_offer(text):
        return True
    kinds = _REMARKS + _REQUESTS if _TO_READER.search(text) else _REMARKS
    return (len(text) <= _LONGEST_LABEL and bool(_UPDATED.fullmatch(text))) or any(
        kind.fullmatch(text) for kind in kinds
    )


def is_offer(text: str) -> bool:
    """Whether a paragraph offers the rest of an article, or all articles, for money."""
    return len(text) <= LONGEST and bool(_OFFER.fullmatch(text))


def asks_to_read_on(text: str) -> bool:
    """Whether a paragraph asks readers whether they want to read the rest, so that it is not there."""
    return len(text) <= LONGEST and bool(_ASKS_TO_READ_ON.match(text))


def tells_day(text: str) -> bool:
    """Whether a paragraph says when the article was published or changed, and nothing else."""
    if len(text) > _LONGEST_LABEL:
        return False
    if _UPDATED.fullmatch(text):
        return True
    if not any(map(str.isdigit, text)) or text.isdigit():
        return False
    try:
        parse_written_date(text)
    except (ValueError, OverflowError):
        return False
    return True
