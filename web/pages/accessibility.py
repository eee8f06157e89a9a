"""The accessibility statement, after the model of the European Union (Decision 2018/1523)."""

from __future__ import annotations

from flask import Blueprint, current_app, render_template

blueprint = Blueprint("accessibility", __name__)

# Keys of the configuration: whom to tell of barriers, and the body that decides on complaints; "" if that is not said.
CONTACT, ENFORCEMENT = "NACHLESE_ACCESSIBILITY_CONTACT", "NACHLESE_ACCESSIBILITY_ENFORCEMENT"
ASSESSED = "2026-11-29"  # when the pages were last held against the standards; to be renewed with what the page says


@blueprint.get("/barrierefreiheit")
def statement() -> str:
    """How far everybody can use the pages, how that was found out, and whom to tell of barriers."""
    contact, enforcement = (current_app.config.get(key, "") for key in (CONTACT, ENFORCEMENT))
    return render_template(
        "accessibility.html",
        assessed=ASSESSED,
        contact=contact,
        contact_name=contact.partition(":")[2].removeprefix("//").partition("?")[0],
        enforcement=enforcement,
    )
