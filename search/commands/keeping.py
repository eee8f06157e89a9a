"""The commands that keep an archive in order: status, check, delete."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from search.commands.options import index_option, json_option, print_json, printable
from search.errors import IndexDamaged

if TYPE_CHECKING:  # what a command needs is imported when it runs, so that each starts fast
    from search.store.check_report import CheckReport


@click.command()
@index_option
@json_option
def status(address: str, as_json: bool) -> None:
    """Print what the index holds."""
    from search import open_archive

    with open_archive(address) as archive:
        state = archive.status()
    if as_json:
        print_json(asdict(state))
        return
    rows = {
        "Index": state.directory,
        "Articles": f"{state.articles:,}",
        "Engine": state.engine,
        "Size": f"{state.bytes / 1e6:,.1f} MB",
        "Last commit": state.committed,
        "Generation": str(state.generation),
        "Analysis": f"{state.analysis}, schema {state.schema}",
    }
    for name, value in rows.items():
        click.echo(f"{name + ':':<13}{value}")


@click.command()
@index_option
@json_option
def check(address: str, as_json: bool) -> None:
    """Compare every file of the index with its check sum, and say which are damaged.

    Each commit keeps the check sum of each file. Exit code 4 says that files are damaged or missing.
    """
    from search.store.checking import check_archive

    report = check_archive(address)
    if as_json:
        print_json(report.as_json())
    else:
        print_check(report)
    if not report.is_sound:
        raise click.exceptions.Exit(IndexDamaged.exit_code)


def print_check(report: CheckReport) -> None:
    """What a check found, and what mends it."""
    from search.store.check_report import advice

    for kind in ("damaged", "missing", "unexpected", "unverified"):
        for file in getattr(report, kind):
            click.echo(f"{kind:<12}{file}")
    click.echo(f"{report.checked:,} files compared, {'all as they were written' if report.is_sound else 'not sound'}")
    for sentence in advice(report):
        click.echo(sentence, err=True)


@click.command()
@click.argument("ids", nargs=-1, metavar="ID...")
@index_option
@click.option("--forget", is_flag=True, help="Leave nothing of deleted articles on the disk, of earlier ones too.")
@json_option
def delete(ids: tuple[str, ...], address: str, forget: bool, as_json: bool) -> None:
    """Remove the articles with these IDs from the index.

    A deleted article is no longer found, but its text stays in the index's files until the engine
    writes them anew. With --forget they are written anew now; without IDs, for what was deleted before.
    Remove the document, too, or the next `nachlese index` adds it again.

    \b
    Examples:
      nachlese delete chronik/1962-02-17.txt
      nachlese delete --forget https://example.org/widerruf
    """
    from search import write_archive
    from search.store.place import usable_manifest
    from search.store.places import place_of

    if not ids and not forget:
        raise click.UsageError("Name the articles to delete by their IDs; `nachlese search` prints the ID of each hit.")
    usable_manifest(place_of(address))  # an index is not made in order to delete from it
    with write_archive(address) as writer:
        deleted = [id for id in dict.fromkeys(ids) if writer.has(id)]
        for id in deleted:
            writer.delete(id)
        if forget:
            writer.forget()
    unknown = [id for id in ids if id not in deleted]
    if as_json:
        print_json({"deleted": deleted, "unknown": unknown, "forgotten": forget})
    else:
        click.echo(f"{len(deleted)} deleted{', and nothing of it left on the disk' if forget else ''}")
    for id in unknown:
        click.echo(f"No article has the ID {printable(id)}. Search for it by its words: nachlese search", err=True)
    if unknown:
        raise click.exceptions.Exit(1)
