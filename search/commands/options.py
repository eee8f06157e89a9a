"""What commands have in common: the options --index and --json, and how text and JSON are printed."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from search.settings import INDEX

if TYPE_CHECKING:
    from search.page import Request

INDEX_PLACE = click.Path()  # a text: an address is no path
HELP_INDEX = f"{INDEX.help}  [default: {INDEX.default}, or {INDEX.variable}]"


def index_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The option --index of a command for one index."""
    option = click.option(
        "--index", "address", type=INDEX_PLACE, multiple=True, callback=_one_index, metavar="DIR", help=HELP_INDEX
    )
    return option(command)


def indexes_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The option --index of a command that can ask several archives as one."""
    option = click.option(
        "--index", "addresses", type=INDEX_PLACE, multiple=True, callback=_indexes, metavar="DIR",
        help=f"{HELP_INDEX}. Repeated, several are asked as one; NAME=DIR says what to call it.",
    )  # fmt: skip
    return option(command)


def _indexes(context: click.Context, option: click.Parameter, given: tuple[str, ...]) -> tuple[str, ...]:  # noqa: ARG001 - click's signature
    return given or (INDEX.value(),)


def _one_index(context: click.Context, option: click.Parameter, given: tuple[str, ...]) -> str:
    address, *others = _indexes(context, option, given)
    if others:
        raise click.BadParameter(f"this command works on one index, not on {len(given)}; run it for each.")
    return address


def json_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The option --json, the same for every command."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")(command)


def filter_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say which articles are wanted beside a query; `asked_request` makes a request of them."""
    for option in reversed(_FILTERS):
        command = option(command)
    return command


_FILTERS = (
    click.option("--match", type=click.Choice(["exact", "forms", "all"]), default="all", show_default=True,
                 help="Words as typed, in any form, or also in compounds."),
    click.option("--person", multiple=True, metavar="NAME", help="Only articles with this person; may be repeated."),
    click.option("--place", multiple=True, metavar="NAME", help="Only articles with this place; may be repeated."),
    click.option("--organisation", multiple=True, metavar="NAME", help="Only articles with this organisation."),
    click.option("--source", multiple=True, metavar="NAME", help="Only articles of this source; two mean either."),
    click.option("--section", multiple=True, metavar="NAME", help="Only articles of this section; two mean either."),
    click.option("--author", multiple=True, metavar="NAME", help="Only articles by this author; may be repeated."),
    click.option("--archive", multiple=True, metavar="NAME", help="Only articles of this one of several archives."),
    click.option("--from", "since", metavar="DATE", help="First day: 2024, 2024-03, 2024-03-15 or 15.3.2024."),
    click.option("--to", "until", metavar="DATE", help="Last day, written like --from."),
)  # fmt: skip


def asked_request(text: str, since: str | None, until: str | None, **options: Any) -> Request:
    """The request of a command with `filter_options`, and maybe with other options of a request."""
    from search.page import Request

    first, last = day(since, "--from", "first"), day(until, "--to", "last")
    if first and last and last < first:
        raise click.UsageError(f"--to ({last}) lies before --from ({first}); exchange them.")
    return Request(text=text, since=first, until=last, **options)


def require_archives(asked: Request, archives: tuple[str, ...]) -> None:
    """Raise click.UsageError if a request asks for an archive that is none of these."""
    for name in asked.archive:
        if name not in archives:
            known = f"known are {', '.join(archives)}" if archives else "repeat --index to ask several as one"
            raise click.UsageError(f"--archive {printable(name)!r}: there is no such archive; {known}.")


def day(text: str | None, option: str, end: str) -> Any:
    """The first or last day that a date on the command line can mean."""
    from search.dates import parse_date

    if text is None:
        return None
    try:
        return getattr(parse_date(text), end)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint=option) from error


def print_json(value: Any) -> None:
    """JSON on standard output, umlauts as they are."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def printable(text: str) -> str:
    """The text with every control character as a space."""
    return "".join(sign if sign.isprintable() else " " for sign in text)
