"""Who may read? A password for the whole site and keys for programs, of which only hashes are kept in a file."""

from __future__ import annotations

import hmac
import json
import math
import os
import re
import secrets
import threading
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from flask import Flask, request
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import TooManyRequests, Unauthorized
from werkzeug.security import check_password_hash, generate_password_hash

from search.errors import SettingUnusable
from search.settings import ACCESS
from web.operation.access_log import USER
from web.operation.clients import client
from web.operation.limits import TokenBuckets
from web.operation.refusing import TOO_OFTEN

_FREE = ("/static/", "/healthz", "/readyz", "/robots.txt", "/favicon.ico", "/.well-known/")
_FOR_PROGRAMS = ("/api/", "/openapi.json")
_GUESSES = 30  # in a minute; each costs a twentieth of a second and some memory
_KEY_BYTES = 24
LONGEST_PASSWORD = 1024
_PASSWORD_HASH = re.compile(r"(?:scrypt|pbkdf2):[\w:]+\$[^$]+\$[0-9a-f]+")  # as werkzeug writes it
_KEY_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Credentials:
    """The hash of the site's password, "" if there is none, and of each key by its name.

    A password is hashed slowly, as people choose it; a key is random and so long that SHA-256 is enough.
    """

    password: str = ""
    keys: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path) -> Credentials:
        """The credentials in a file; SettingUnusable if it cannot be used, so that nothing is open by mistake."""
        try:
            row = json.loads(path.read_text(encoding="utf-8"))
            found = cls(row["password"], row["keys"])
            texts = [found.password, *found.keys.keys(), *found.keys.values()]
            if all(isinstance(text, str) for text in texts):
                found._require_hashes()
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            remedy = f"names {path}, which `nachlese password` and `nachlese key` have not written; make it anew."
            raise SettingUnusable(ACCESS.variable, remedy) from error
        if not all(isinstance(text, str) for text in texts) or not (found.password or found.keys):
            raise SettingUnusable(ACCESS.variable, f"names {path}, which has neither a password nor keys.")
        return found

    def _require_hashes(self) -> None:
        """Raise ValueError for what is no hash, which nobody's password and key would ever fit."""
        if self.password and not _PASSWORD_HASH.fullmatch(self.password):
            raise ValueError("the password is no hash")
        if self.password:
            check_password_hash(self.password, "")  # raises ValueError for a hash that takes more than there is
        if not all(map(_KEY_HASH.fullmatch, self.keys.values())):
            raise ValueError("a key is no hash")

    def write(self, path: Path) -> None:
        """Keep them in a file that only its owner may read; a link to it stays one."""
        path = path.resolve()
        draft = path.with_name(f"{path.name}.new")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            json.dump({"password": self.password, "keys": self.keys}, file, indent=2)
        draft.replace(path)

    def with_password(self, password: str) -> Credentials:
        """These with another password; an empty one takes it away."""
        return Credentials(generate_password_hash(password) if password else "", self.keys)

    def with_new_key(self, name: str) -> tuple[Credentials, str]:
        """These with a new key of that name, and the key, which nobody can find out later."""
        key = secrets.token_urlsafe(_KEY_BYTES)
        return Credentials(self.password, {**self.keys, name: _key_hash(key)}), key

    def without_key(self, name: str) -> Credentials:
        """These without the key of that name."""
        return Credentials(self.password, {known: hash for known, hash in self.keys.items() if known != name})

    def owner(self, key: str) -> str | None:
        """The name of a key, None if it is none; takes as long for all."""
        shown, found = _key_hash(key), None
        for name, hash in self.keys.items():
            if hmac.compare_digest(shown, hash):
                found = name
        return found


def _key_hash(key: str) -> str:
    return sha256(key.encode("utf-8", "replace")).hexdigest()


class Guard:
    """Asks for a password or a key where one is needed.

    With a password, everything needs it or a key. With keys alone, only programs need one of them. The password is
    hashed once in each process; after that its keyed digest is compared, which costs nothing.
    """

    def __init__(self, credentials: Credentials, folder: Path | None) -> None:
        self._credentials = credentials
        self._guesses = TokenBuckets(_GUESSES, folder and folder / "guesses")
        self._secret = secrets.token_bytes()
        self._known = b""
        self._hashing = threading.Lock()

    def attach(self, app: Flask) -> None:
        """Guard `app`."""
        app.before_request(self._check)

    def _check(self) -> None:
        for_program = request.path.startswith(_FOR_PROGRAMS) or request.path == "/api"
        needed = self._credentials.password or for_program
        if not needed or request.path.startswith(_FREE) or request.method == "OPTIONS":
            return
        user = self._user()
        if user is None:
            raise _unauthorized(for_program, bool(self._credentials.password))
        request.environ[USER] = user

    def _user(self) -> str | None:
        """Who shows a good key or password, None if nobody does; "" is the name of all who know the password."""
        shown = request.authorization
        key = request.headers.get("X-API-Key") or (shown.token if shown and shown.type == "bearer" else None)
        if key:
            return self._credentials.owner(key)
        password = shown.password if shown and shown.type == "basic" else None
        return "" if password and self._credentials.password and self._is_password(password) else None

    def _is_password(self, password: str) -> bool:
        digest = hmac.digest(self._secret, password.encode("utf-8", "replace"), "sha256")
        if hmac.compare_digest(digest, self._known):
            return True
        with self._hashing:  # the first page of a reader asks several times at once; only one of them is a guess
            if hmac.compare_digest(digest, self._known):
                return True
            if wait := self._guesses.take(client(request.environ)):
                raise TooManyRequests(TOO_OFTEN, retry_after=math.ceil(wait))
            good = len(password) <= LONGEST_PASSWORD and check_password_hash(self._credentials.password, password)
            if good:
                self._known = digest
            return good


def _unauthorized(for_program: bool, has_password: bool) -> Unauthorized:
    ways: list[Any] = [WWWAuthenticate("bearer", {"realm": "Nachlese"})] if for_program else []
    if has_password:
        ways.append(WWWAuthenticate("basic", {"realm": "Nachlese", "charset": "UTF-8"}))
    remedy = "Show a key as `Authorization: Bearer KEY` or `X-API-Key: KEY`" if for_program else "Show the password"
    return Unauthorized(f"{remedy}; who runs this archive gives you one.", www_authenticate=ways)
