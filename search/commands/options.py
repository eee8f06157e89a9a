"""What commands have in common: the options --index and --json, and how text and JSON are printed."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import click

from search.settings import INDEX

INDEX_PLACE = click.Path()  # a text: an address is no path
HELP_INDEX = f"{INDEX.help}  [default: {INDEX.default}, or {INDEX.variable}]"


def index_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The option --index, the same for every command."""
    option = click.option("--index", "address", type=INDEX_PLACE, default=INDEX.value, metavar="DIR", help=HELP_INDEX)
    return option(command)


def json_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The option --json, the same for every command."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")(command)


def print_json(value: Any) -> None:
    """JSON on standard output, umlauts as they are."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def printable(text: str) -> str:
    """The text with every control character as a space."""
    return "".join(sign if sign.isprintable() else " " for sign in text)
