"""Which place does an address name? A directory, or an archive in a cluster: opensearch://HOST:9200/NAME."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

from search.errors import NotShared
from search.store.cluster_address import ClusterAddress, is_cluster_address
from search.store.directory import IndexDirectory
from search.store.place import Place

if TYPE_CHECKING:
    from search.store.cluster import ClusterPlace


def place_of(address: str | Path) -> Place:
    """The place of an archive. A Path is always a directory.

    Raises SettingUnusable for an address that makes no sense.
    """
    if isinstance(address, str) and is_cluster_address(address):
        from search.store.cluster import ClusterPlace  # who has a directory need not wait for it

        return ClusterPlace(ClusterAddress.parse(address))
    return IndexDirectory(Path(address))


def shared_place(address: str) -> ClusterPlace:
    """The place of an archive that several may write to. Raises NotShared for another one."""
    place = place_of(address)
    if isinstance(place, IndexDirectory):
        raise NotShared(address)
    return cast("ClusterPlace", place)
