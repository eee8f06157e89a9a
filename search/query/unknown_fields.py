"""Which field may have been meant by a name that none has?"""

from __future__ import annotations

from search.query.nodes import FIELD_NAMES

FIELDS = {written: field for field, names in FIELD_NAMES.items() for written in names}
DATE_FIELDS = ("datum", "date")
_ALIKE = 0.8  # of the letters, as difflib counts them: autr, titelx, quele
_BEGINNING = 3  # letters of an abbreviation: tit, org, pers


def nearest_field(name: str) -> str | None:
    """The name of a field that is written nearly so or begins so, as it is shown; None if none is near."""
    from difflib import get_close_matches  # few queries need it

    known = (*FIELDS, *DATE_FIELDS)
    name = name.lower()
    begun = [field for field in known if len(name) >= _BEGINNING and field.startswith(name)]
    near = begun or get_close_matches(name, known, n=1, cutoff=_ALIKE)
    if not near:
        return None
    return DATE_FIELDS[0] if near[0] in DATE_FIELDS else FIELD_NAMES[FIELDS[near[0]]][0]
