"""How does a message reach its reader? As a line of a file, a mail, or a request; a silence is bounded in time."""

from __future__ import annotations

import json
import os
import smtplib
import ssl
import time
from collections.abc import Callable
from email.message import EmailMessage
from http.client import HTTPException
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from search.files import sync
from web.alerts.outbox import Message
from web.localisation import shown_date
from web.safe_text import one_line, printable
from web.saved_search import MailServer, SavedSearch

SECONDS = 10.0  # that a server may be silent
ATTEMPTS = 3  # of a request, with pauses between; what fails is tried again by the next run
PAUSE = 1.0  # second before the second attempt, and twice as long before each further one
MOST_LOOKED_AT = 10_000_000  # bytes at the end of a file in which a message may stand that was not noted as sent
_DOMAIN = "nachlese.invalid"


class NotDelivered(Exception):
    """A message that could not be sent; it stays in the outbox."""


class NotReached(NotDelivered):
    """The same, as its server does not answer at all."""


def append_lines(path: Path, message: Message) -> None:
    """Add a line for each story to a file, but for those that a killed run has added. Raises NotDelivered."""
    try:
        if path.exists() and not path.is_file():
            raise NotDelivered(f"{path} is no file")  # of a device or a pipe, no end can be looked at
        with path.open("ab+") as file:
            end = _end_of_lines(path)
            file.truncate(end)  # a line that a killed run has begun
            file.seek(max(0, end - MOST_LOOKED_AT))
            there = {_line_key(line) for line in file.read().splitlines()}
            for story in message.stories:
                if (message.id, story["id"]) not in there:
                    line = {"message": message.id, "search": message.search} | story
                    file.write(json.dumps(line, ensure_ascii=False).encode(errors="replace") + b"\n")
            file.flush()
            os.fsync(file.fileno())
        sync(path.parent)
    except OSError as error:
        raise NotDelivered(f"{path} cannot be written: {error.strerror}") from error


def _end_of_lines(path: Path) -> int:
    """Where the last whole line of a file ends."""
    size = path.stat().st_size
    with path.open("rb") as file:
        file.seek(max(0, size - MOST_LOOKED_AT))
        tail = file.read()
    return size - len(tail) + tail.rfind(b"\n") + 1 if b"\n" in tail or size == len(tail) else size


def _line_key(line: bytes) -> tuple[str, str] | None:
    try:
        read = json.loads(line)
        return read["message"], read["id"]
    except (ValueError, TypeError, LookupError):
        return None  # somebody else's line


def send_mail(server: MailServer, search: SavedSearch, message: Message) -> None:
    """Send a message as a mail to all receivers of a search. Raises NotDelivered."""
    mail = EmailMessage()
    mail["Subject"] = f"{one_line(search.name)}: {len(message.stories)} neu"
    mail["From"], mail["To"] = server.sender, ", ".join(search.mail)
    mail["Message-ID"] = f"<{message.id}@{_DOMAIN}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(mail_text(message))
    try:
        make = smtplib.SMTP_SSL if server.security == "tls" else smtplib.SMTP
        with make(server.host, server.port, timeout=SECONDS) as connection:
            if server.security == "starttls":
                connection.starttls(context=ssl.create_default_context())
            if server.user and server.password_file:
                password = server.password_file.read_text(encoding="utf-8").split("\n", 1)[0]
                connection.login(server.user, password)
            refused = connection.send_message(mail)
    except (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused, ValueError) as error:
        raise NotDelivered(f"mail by {server.host}: {error}") from error
    except OSError as error:  # SMTPException is one
        raise NotReached(f"mail by {server.host}: {error}") from error
    if refused:
        raise NotDelivered(f"mail by {server.host}: refused for {', '.join(refused)}")


def mail_text(message: Message) -> str:
    """The stories for a reader of mails."""
    parts = []
    for story in message.stories:
        known = ", ".join(part for part in (story["source"], shown_date(story["date"])) if part)
        parts.append(f"{one_line(story['headline'])}\n{known}\n{printable(story['snippet'])}\n{story['address']}\n")
    return "\n".join(parts)


class _NoRedirect(HTTPRedirectHandler):
    """A message goes where it was to go and nowhere else."""

    def redirect_request(self, *_: object) -> None:
        return None


def post(search: SavedSearch, message: Message, pause: Callable[[float], None] = time.sleep) -> None:
    """Send a message as JSON by POST, again if need be, always with the same Idempotency-Key. Raises NotDelivered.

    What is raised names the server alone: the rest of the address is often a secret, and messages stand in journals.
    """
    content = json.dumps(message.as_json(), ensure_ascii=False).encode(errors="replace")
    headers = {"Content-Type": "application/json", "Idempotency-Key": message.id, "User-Agent": "Nachlese"}
    for attempt in range(ATTEMPTS):
        if attempt:
            pause(PAUSE * 2 ** (attempt - 1))
        try:
            asked = Request(search.webhook, content, headers, method="POST")
            with build_opener(_NoRedirect).open(asked, timeout=SECONDS):
                return
        except HTTPError as error:
            failure = NotDelivered(f"{search.webhook_server} answers {error.code}")
        except OSError as error:  # URLError is one
            failure = NotReached(f"{search.webhook_server}: {getattr(error, 'reason', error)}")
        except (HTTPException, ValueError) as error:  # its text may have the address
            failure = NotReached(f"{search.webhook_server}: {type(error).__name__}")
    raise failure
