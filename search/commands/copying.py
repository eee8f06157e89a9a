"""The command that copies an archive to another place: copy."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from search.commands.options import INDEX_PLACE, json_option, print_json

STOPPED = 130


@click.command()
@click.argument("source", type=INDEX_PLACE, metavar="FROM")
@click.argument("target", type=INDEX_PLACE, metavar="TO")
@click.option("--engine", metavar="NAME", help="tantivy or whoosh, for a new index.  [default: the faster]")
@click.option("--jobs", type=click.IntRange(1), metavar="N", help="Processes that analyse.  [default: one a core]")
@json_option
def copy(source: str, target: str, engine: str | None, jobs: int | None, as_json: bool) -> None:
    """Copy the archive in FROM, with its names, to TO, without reading documents again.

    What lies in TO already is compared, and only what differs is copied: the same command again goes on after a
    run that was stopped, and brings a copy up to date. In the end the check sums of both archives are compared. TO
    may not have articles that are not in FROM.

    \b
    Examples:
      nachlese copy index /mnt/archive/index
      nachlese copy index plain --engine whoosh
    """
    from search.store.copying import copy_archive

    try:
        with progress_bar() as progress:
            report = copy_archive(source, target, engine, progress, jobs or os.cpu_count() or 1)
    except KeyboardInterrupt:
        click.echo("Stopped. What is copied is kept; the same command goes on.", err=True)
        raise click.exceptions.Exit(STOPPED) from None
    if report.aliases:
        click.echo(f"Run nachlese index with --aliases {report.aliases}, which {target} has no place for.", err=True)
    if as_json:
        print_json(report.as_json())
        return
    click.echo(f"{report.copied:,} articles copied, {report.articles - report.copied:,} were there already")
    click.echo(f"{report.articles:,} articles in both now, check sum {report.checksum}, {report.seconds:,.1f} s")


@contextmanager
def progress_bar() -> Iterator[Callable[[int, int], None] | None]:
    """A bar with the remaining time on a terminal; nothing elsewhere."""
    if not sys.stderr.isatty():
        yield None
        return
    with click.progressbar(length=1, label="Copying", show_eta=True, file=sys.stderr, update_min_steps=100) as bar:

        def advance(done: int, all: int) -> None:
            bar.length = all
            bar.update(done - bar.pos)

        yield advance
