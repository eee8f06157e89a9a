"""Which addresses mean the same page? Without what only counts readers, and, if the archive says so, http and www."""

from __future__ import annotations

import re
from urllib.parse import urlsplit, urlunsplit

from search.errors import SettingUnusable
from search.settings import SAME_ADDRESS

# Parameters that tell where a reader came from; no site gives out another text for them.
_TRACKING = re.compile(
    r"(?:utm_\w+|mtm_\w+|pk_\w+|piwik_\w+|at_(?:medium|campaign|custom\d)|fbclid|gclid|dclid|msclkid|yclid|igshid|mc_cid"
    r"|mc_eid|wt_mc|wt_zmc|ns_\w+|xtor|cmpid|ftcamp|_ga|_gl)(?:=|$)",
    re.IGNORECASE,
)
_DEFAULT_PORTS = {"http": ":80", "https": ":443"}
_DIFFERENCES = ("http", "www")


def plain_address(url: str) -> str:
    """An address without its fragment and without parameters that only count readers.

    A fragment that scripts make a page of (`#!/artikel/7`) stays. What is no address is given back as it is.
    """
    try:
        parts = urlsplit(url)
    except ValueError:  # brackets that look like a broken IPv6 address
        return url
    query = "&".join(each for each in parts.query.split("&") if not _TRACKING.match(each))
    fragment = parts.fragment if parts.fragment.startswith(("!", "/")) else ""
    host = parts.netloc.lower() if "@" not in parts.netloc else parts.netloc
    host = host.removesuffix(_DEFAULT_PORTS.get(parts.scheme, " "))
    return urlunsplit((parts.scheme, host, parts.path or "/", query, fragment))


def address_id(url: str) -> str:
    """What stands for a plain address, equal for those that mean the same by NACHLESE_SAME_ADDRESS.

    Raises SettingUnusable.
    """
    same = meaningless_differences()
    scheme, mark, rest = url.partition("://")
    if "http" in same and scheme == "http":
        scheme = "https"
    return f"{scheme}{mark}{rest.removeprefix('www.') if 'www' in same else rest}"


def meaningless_differences() -> frozenset[str]:
    """The differences of addresses that mean nothing to this archive. Raises SettingUnusable."""
    words = frozenset(SAME_ADDRESS.value().split())
    if unknown := words - set(_DIFFERENCES):
        message = f"must be {' or '.join(_DIFFERENCES)} or both, not {' '.join(sorted(unknown))!r}."
        raise SettingUnusable(SAME_ADDRESS.variable, message)
    return words
