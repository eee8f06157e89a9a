"""The pages of articles with one text: which they are, and what each has changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, abort, render_template, request

from search.page import Family, FamilyMember
from web.addresses import changes_address
from web.localisation import counted
from web.pages.word_diff import MOST_WORDS, word_diff
from web.shared_archive import archive

blueprint = Blueprint("families", __name__)


@blueprint.app_template_global()
def family_label(family: Family) -> str:
    """How many there are of an article: `in 4 Blättern`, or `4 Fassungen` if not each is of another source."""
    sources = {member.source for member in family.articles if member.source}
    if len(sources) == family.size:
        return counted("in %(number)s Blatt", "in %(number)s Blättern", family.size)
    return counted("%(number)s Fassung", "%(number)s Fassungen", family.size)


@dataclass(frozen=True, slots=True)
class Version:
    """An article of a family, and where it is compared with the one before it; none for the first."""

    member: FamilyMember
    changes: str | None


@blueprint.get("/fassungen")
def versions() -> str:
    """All articles with the text of one, the earliest first."""
    article = archive().article(request.args.get("id") or abort(404))
    family = archive().family(article.id)
    return render_template(
        "versions.html", article=article, family=family, versions=_versions(family.articles if family else ())
    )


@blueprint.get("/aenderungen")
def changes() -> str:
    """What an article (`b`) has changed of another one (`a`), word by word."""
    before, after = (archive().article(request.args.get(name) or abort(404)) for name in ("a", "b"))
    return render_template(
        "changes.html",
        before=before,
        after=after,
        title=word_diff(before.title, after.title),
        body=word_diff(before.body, after.body),
        most_words=MOST_WORDS,
    )


def _versions(members: Sequence[FamilyMember]) -> tuple[Version, ...]:
    before = (None, *members)
    return tuple(
        Version(member, changes_address(other.id, member.id) if other else None)
        for other, member in zip(before, members, strict=False)
    )
