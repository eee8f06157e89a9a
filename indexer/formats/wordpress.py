"""What of an export of WordPress (WXR) is an article, and what of its text? A feed with more than its readers see."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

from indexer.formats.xml import line_of

_STATES = frozenset("draft auto-draft pending private future trash inherit".split())
# Sites make kinds of posts of their own, which hold articles; these are those of WordPress and of what is built on it.
_NO_ARTICLES = frozenset(
    (
        "page attachment revision nav_menu_item custom_css customize_changeset oembed_cache user_request wp_block "
        "wp_template wp_template_part wp_global_styles wp_navigation wp_font_family wp_font_face feedback "
        "wpcf7_contact_form acf-field acf-field-group elementor_library product product_variation shop_order"
    ).split()
)
_BLANK_LINES = re.compile(r"\n[ \t\r]*\n\s*")
_TAG = re.compile(r"\[(?P<end>/?)(?P<name>[a-z][a-z0-9_-]*)(?P<rest>(?:[\s=][^\[\]]*)?)/?\]")
_SETTINGS = re.compile(r"\s*(?:=|[\w-]+\s*=\s*[\"'“”„»\w&]|https?:)")
_OF_WORDPRESS = frozenset("caption wp_caption gallery playlist audio video embed".split())
_NOT_TEXT = _OF_WORDPRESS | frozenset("youtube vimeo googlemaps script".split())  # nor is what stands in them


def unpublished(kind: str, state: str, password: str = "") -> str:
    """What a post of this kind and state is in place of a published article, as words for a report; "" if it is one."""
    if kind in _NO_ARTICLES:
        found = kind
    elif state not in ("", "publish"):
        found = state if state in _STATES else "unpublished post"
    else:
        found = "post with a password" if password else ""
    return found and f"{found} of a WordPress export"


def is_export(entry: Any) -> bool:
    """Whether an entry of a feed is one of an export."""
    return "wp_post_type" in entry


def display_names(root: Element) -> dict[str, str]:
    """The names of the authors of an export by those of their accounts; none of other feeds."""
    authors = root.iterfind("channel/author")
    return {line_of(each, "author_login"): line_of(each, "author_display_name") for each in authors}


def shown_text(text: str) -> str:
    """The text of a post as WordPress shows it: blank lines part paragraphs, and shortcodes are none of it."""
    return _BLANK_LINES.sub("\n\n<br><br>", "".join(_without_shortcodes(text)))


def _without_shortcodes(text: str) -> Iterator[str]:
    """The pieces of a text between its shortcodes; several of those behind each other part paragraphs."""
    tags = list(_TAG.finditer(text))
    opened, closed = ({tag["name"] for tag in tags if bool(tag["end"]) == end} for end in (False, True))
    at, was_tag = 0, False
    for tag, is_filled in zip(tags, _filled(tags), strict=True):
        if tag.start() < at or not (
            tag["name"] in _OF_WORDPRESS or tag["name"] in opened & closed or _SETTINGS.match(tag["rest"])
        ):
            continue
        between = text[at : tag.start()]
        yield "\n\n" if was_tag and not between.strip() else between
        at, was_tag = is_filled or tag.end(), True
    yield text[at:]


def _filled(tags: list[re.Match[str]]) -> list[int]:
    """For each shortcode where the one ends that closes it, if what stands between them is no text; else 0."""
    following: dict[str, re.Match[str]] = {}
    found = []
    for tag in reversed(tags):
        closing = following.get(tag["name"])
        is_filled = not tag["end"] and tag["name"] in _NOT_TEXT and closing and closing["end"]
        found.append(closing.end() if is_filled and closing else 0)
        following[tag["name"]] = tag
    return found[::-1]
