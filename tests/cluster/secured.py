"""A node with OpenSearch's security plugin, set up as its documentation says: TLS, users, roles and their rights."""

from __future__ import annotations

import base64
import json
import shutil
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, replace
from http.client import HTTPConnection, HTTPSConnection
from pathlib import Path
from typing import Any

from tests.cluster.gate import certificate
from tests.cluster.layout import RELEASES, SECURITY, lay_out
from tests.cluster.server import HERE, Cluster, Node, hand_over

ADMINISTRATOR, PASSWORD = "admin", "geheim"
HASH = "$2b$04$V6y70OWECZUAh8qWxl8AZejxHa8KvmAyqLuLazYo/wumcqE.cwIw2"  # of the password, by bcrypt
SETTINGS = """
plugins.security.ssl.transport.pemcert_filepath: node.pem
plugins.security.ssl.transport.pemkey_filepath: node.key
plugins.security.ssl.transport.pemtrustedcas_filepath: node.pem
plugins.security.ssl.transport.enforce_hostname_verification: false
plugins.security.ssl.http.enabled: true
plugins.security.ssl.http.pemcert_filepath: node.pem
plugins.security.ssl.http.pemkey_filepath: node.key
plugins.security.ssl.http.pemtrustedcas_filepath: node.pem
plugins.security.allow_default_init_securityindex: true
"""


@dataclass(frozen=True)
class SecuredNode(Node):
    """A node that speaks TLS, and lets in whom it knows."""

    def connect(self, patience: float) -> HTTPConnection:
        trusted = ssl.create_default_context(cafile=str(self.folder / "config" / "node.pem"))
        return HTTPSConnection(HERE, self.port, timeout=patience, context=trusted)

    def login(self) -> dict[str, str]:
        return {"Authorization": f"Basic {base64.b64encode(f'{ADMINISTRATOR}:{PASSWORD}'.encode()).decode()}"}


def prepare(folder: Path, watched: int, roles: Mapping[str, Any]) -> tuple[Cluster, Path]:
    """Lay out a cluster of one such node, and its certificate; each role is that of a user of the same name.

    The password of all is PASSWORD. Raises Missing.
    """
    release = next(release for release in RELEASES if release.security)
    plain = Cluster.prepare(folder, 1, watched, release.version)
    (node,) = plain.nodes
    config = node.folder / "config"
    trusted, _ = certificate(config, "node")
    with (config / "opensearch.yml").open("a", encoding="utf-8") as file:
        file.write(SETTINGS)
    shutil.copytree(lay_out(release) / SECURITY, config / SECURITY)
    users = {name: {"hash": HASH} for name in roles} | {ADMINISTRATOR: {"hash": HASH, "backend_roles": ["admin"]}}
    mapped = {name: {"users": [name]} for name in roles} | {"all_access": {"backend_roles": ["admin"]}}
    for name, content in (("internal_users", users), ("roles", roles), ("roles_mapping", mapped)):
        kept = {"_meta": {"type": name.replace("_", ""), "config_version": 2}, **content}
        (config / SECURITY / f"{name}.yml").write_text(json.dumps(kept), encoding="utf-8")  # JSON is YAML
    hand_over(node.folder)
    return replace(plain, nodes=(SecuredNode(node.folder, node.port, node.command),)), trusted
