"""Which words belong to a foreign name that the recogniser cut? *Zine el-Abidine* Ben Ali, Moon *Jae In*.

Arabic, Romance and Dutch names go on behind particles; Korean and Chinese ones are a family name and two syllables,
with a hyphen or without.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from indexer.resolution.aliases import known_names, spelling_key
from indexer.resolution.first_names import first_names
from indexer.resolution.found_names import FieldSpan, Texts, one_by_one
from indexer.resolution.nouns import is_listed_noun, is_noun, is_person_name, is_small_word
from indexer.resolution.titles import is_office

_CAPITAL = r"[A-ZÀ-ÖØ-Þ][\w’'-]*\w"
_ARABIC_ARTICLE = rf"(?:[AaEe]l|as|asch|ad|ar|at|az)-{_CAPITAL}"  # with the noun that it belongs to: *al-Assad*
_ARABIC = rf"(?:{_ARABIC_ARTICLE}|(?:bin|ibn|bint|abu|al|el) {_CAPITAL})"
# German sentences have no such words, unlike *von*, *da* and *do*, which may lead from a name to what comes next.
_ROMANCE_OR_DUTCH = rf"(?:(?:de [lL](?:a|os|as)|del|de|della|di|dos|van der|van den|van de|van|ten|ter) {_CAPITAL})"
_BEFORE = re.compile(rf"(?<![\w-])(?:({_CAPITAL}) )?({_CAPITAL}) (?:{_ARABIC_ARTICLE} |(?:bin|ibn|bint|abu|al|el) )+$")
_BEHIND = re.compile(rf"(?: {_ARABIC}| {_ROMANCE_OR_DUTCH}| (?:Ben|Bin|Ibn) {_CAPITAL}){{1,3}}(?![\w-])")
_LONGEST_BEFORE = 60  # characters before a name in which its beginning is looked for

# Not *An*, *No* and *So*, which are German words or may be.
_KOREAN_FAMILIES = frozenset(
    "Ahn Bae Baek Ban Chae Chang Cho Choi Chun Chung Ha Han Heo Hong Hur Hwang Hyun Jang Jeon Jeong Jung Kang Kim Ko "
    "Kwon Lee Lim Moon Nam Noh Oh Paik Pak Park Rhee Ri Roh Ryu Seo Shin Son Song Yang Yoo Yoon Yu Yun".split()
)
# A hyphen before a small letter tells Chinese names: *Sun Yat-sen*, *Tsai Ing-wen*. Without one these are many things.
_CHINESE_FAMILIES = frozenset(
    "Chan Chen Chiang Chou Deng Hu Huang Lai Li Lin Liu Ma Mao Sun Tan Teng Tsai Tschiang Tschou Wang Wong Wu Xu Zhang "
    "Zhao Zhou Zhu".split()
)
_FAMILIES = _KOREAN_FAMILIES | _CHINESE_FAMILIES
_SYLLABLE = (
    "(?:ch|sh|kk|tt|pp|ss|jj|[bcdghjklmnprstwy])?[yw]?(?:ae|ai|eo|eu|oe|ui|oo|ee|ou|[aeiou])(?:ng|ck|[bghklmnprt])?"
)
_KOREAN = re.compile(
    rf"(?<![\w-])(?:{'|'.join(sorted(_FAMILIES))})"
    rf"(?:(?P<joined> (?=[A-Z])(?i:{_SYLLABLE})-{_SYLLABLE})"
    rf"| (?P<first>(?=[A-Z])(?i:{_SYLLABLE}))[ -](?P<second>(?=[A-Z])(?i:{_SYLLABLE})))(?![\w-])"
)


def with_whole_names(texts: Texts, spans: Sequence[FieldSpan]) -> list[FieldSpan]:
    """The spans in their order, persons with what foreign names have before and behind them.

    What stands in these is no name by itself. *Park Geun-hye* can be nothing else; without a hyphen before a small
    letter, a Korean name is one where a person was recognised at its beginning, or if its syllables mean nothing else.
    """
    whole = [_whole(texts[span.field].text, span) if span.type == "person" else span for span in spans]
    for field, words in texts.items():
        if not _FAMILIES.isdisjoint(words.distinct):
            whole += _korean_names(words.text, field, spans)
    in_order = sorted(whole, key=lambda span: (span.field != "title", span.start, -span.end))
    return list(one_by_one(in_order, _overlapping))


def _whole(text: str, span: FieldSpan) -> FieldSpan:
    """A person's name with its beginning and end."""
    start, end = span.start, span.end
    before = _BEFORE.search(text, max(0, start - _LONGEST_BEFORE), start)
    if before and not (is_office(before[2]) or is_noun(before[2])):
        start = before.start(1) if before[1] in first_names() else before.start(2)
    behind = _BEHIND.match(text, end)
    if behind and spelling_key(behind[0]) not in known_names():
        end = behind.end()
    return span if (start, end) == span[1:3] else span._replace(start=start, end=end)


def _korean_names(text: str, field: str, spans: Sequence[FieldSpan]) -> Iterator[FieldSpan]:
    begun = {span.start for span in spans if span.field == field and span.type == "person"}
    for match in _KOREAN.finditer(text):
        if match["joined"] or match.start() in begun or _means_nothing_else(match):
            yield FieldSpan(field, *match.span(), "person")


def _means_nothing_else(match: re.Match[str]) -> bool:
    """Whether the syllables of what may be a Korean name are no German words, but for *In*: *Park Chung Hee*."""
    if match[0].split(" ")[0] not in _KOREAN_FAMILIES:
        return False
    first, second = match["first"], match["second"]
    return not _is_word(first) and (second == "In" or not _is_word(second))


def _is_word(syllable: str) -> bool:
    return is_listed_noun(syllable) or is_small_word(syllable) or is_person_name(syllable)


def _overlapping(last: FieldSpan, span: FieldSpan) -> FieldSpan | None:
    """What two spans are that overlap: that of a person, if one is; two persons are one."""
    if span.field != last.field or span.start >= last.end:
        return None
    person = span if span.type == "person" and last.type != "person" else last
    return person._replace(end=max(last.end, span.end)) if last.type == span.type == "person" else person
