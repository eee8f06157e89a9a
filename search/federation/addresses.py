"""Which archives are asked as one, and what is each called?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from os.path import lexists
from pathlib import Path

from search.errors import SettingUnusable
from search.federation.ids import SEPARATOR
from search.settings import INDEX
from search.store.cluster_address import ClusterAddress, is_cluster_address

LONGEST_NAME = 60
MOST_ARCHIVES = 50


def named_addresses(addresses: Sequence[str | Path]) -> Mapping[str, str | Path]:
    """The addresses of archives by their names: NAME=ADDRESS, or else the name of the folder, or that in the cluster.

    Raises SettingUnusable for a name that cannot be one, or that two have.
    """
    named = [_named(address) for address in addresses]
    for name, address in named if len(named) > 1 else ():  # one by itself needs none
        if not 0 < len(name) <= LONGEST_NAME or SEPARATOR in name or not name.isprintable() or name != name.strip():
            raise _unusable(f"{str(address)!r} needs a name of at most {LONGEST_NAME} characters, without /")
        if sum(other == name for other, _ in named) > 1:
            raise _unusable(f"two archives have the name {name!r}")
    if len(named) > MOST_ARCHIVES:
        raise _unusable(f"at most {MOST_ARCHIVES} archives can be asked as one, not {len(named)}")
    return dict(named)


def _named(address: str | Path) -> tuple[str, str | Path]:
    if isinstance(address, str):
        name, sign, place = address.partition("=")
        if sign and "/" not in name and not lexists(address):
            return name, place
        if is_cluster_address(address):
            return ClusterAddress.parse(address).name, address
    return Path(address).resolve().name, address


def _unusable(problem: str) -> SettingUnusable:
    return SettingUnusable(INDEX.variable, f"(--index): {problem}. Give each archive a name: --index NAME=DIR")
