"""The commands that ask of many articles at once: concordance, curves, typical, record, rerun."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from search.commands.options import (
    asked_request,
    filter_options,
    indexes_option,
    json_option,
    print_json,
    printable,
    require_archives,
)

if TYPE_CHECKING:  # what a command needs is imported when it runs, so that each starts fast
    from search.archive import Archive
    from search.corpus.concordance import Concordance, Line
    from search.corpus.curves import Curve, Curves
    from search.corpus.record import Rerun
    from search.corpus.typical import TypicalOf

BESIDE = 44  # letters on each side of the words that match
MOST_NAMED = 20  # articles that are printed of those that came or went


@click.command()
@click.argument("query")
@indexes_option
@filter_options
@click.option(
    "--order",
    type=click.Choice(["newest", "oldest", "left", "right", "word", "source"]),
    default="newest",
    show_default=True,
    help="By date, by the word before or behind, by the word itself, by source.",
)
@click.option("--window", type=click.IntRange(1, 15), default=5, show_default=True, metavar="N",
              help="Words around a match that are looked at for what often stands there.")  # fmt: skip
@click.option("--limit", type=click.IntRange(1, 10_000), default=20, show_default=True, metavar="N", help="Most lines.")
@json_option
def concordance(
    query: str,
    addresses: tuple[str, ...],
    order: str,
    window: int,
    limit: int,
    as_json: bool,
    **options: Any,
) -> None:
    """Print each place that answers QUERY with what stands before and behind it (KWIC).

    \b
    Examples:
      nachlese concordance Mauer --order left
      nachlese concordance '"Berliner Mauer"' --from 1961 --to 1989 --limit 1000
    """
    from search import open_archive

    request = asked_request(query, **options)
    with open_archive(*addresses) as archive:
        require_archives(request, archive.archives)
        found = archive.corpus.concordance(request, order, window)
    if as_json:
        lines = [line.as_json() for line in found.lines[:limit]]
        print_json(found.as_json() | {"places": len(found.lines), "lines": lines})
    else:
        print_concordance(found, limit)


def print_concordance(found: Concordance, limit: int) -> None:
    """The lines for a person at a shell."""
    shown = f", the first {limit:,} of them" if len(found.lines) > limit else ""
    read = f" ({found.total:,} answer)" if found.read < found.total else ""
    click.echo(f"{len(found.lines):,} places in {found.read:,} articles{read}{shown}")
    for line in found.lines[:limit]:
        print_line(line)
    if found.collocates:
        near = ", ".join(f"{printable(one.text)} {one.count:,}" for one in found.collocates[:15])
        click.echo(f"\nOften near: {near}")


def print_line(line: Line) -> None:
    """A line with the words that match in bold."""
    left, match, right = printable(line.left)[-BESIDE:], printable(line.match), printable(line.right)[:BESIDE]
    known = " · ".join(part for part in (line.date, line.source and printable(line.source)) if part)
    click.echo(f"{left:>{BESIDE}} {click.style(match, bold=True)} {right:<{BESIDE}}  {click.style(known, dim=True)}")


@click.command()
@click.argument("queries", nargs=-1, required=True, metavar="QUERY...")
@indexes_option
@filter_options
@click.option("--unit", type=click.Choice(["decade", "year", "month", "day"]),
              help="How long a step is.  [default: what suits the time]")  # fmt: skip
@click.option("--collapse/--no-collapse", default=False, help="Of articles with one text, count one for each step.")
@json_option
def curves(
    queries: tuple[str, ...], addresses: tuple[str, ...], unit: str | None, as_json: bool, **options: Any
) -> None:
    """Print how often up to six QUERIES are written about over time, in numbers and per thousand articles.

    Below stand the times with far more than usual, with the words and the headline that explain them. Nothing of the
    queries is relaxed.

    \b
    Examples:
      nachlese curves Mauer Einheit --from 1980 --to 2000 --unit year
      nachlese curves Impfstoff --source Abendblatt --json
      nachlese curves Hochwasser --collapse --unit day
    """
    from search import open_archive
    from search.corpus.curves import MOST_CURVES

    if len(queries) > MOST_CURVES:
        raise click.UsageError(f"These are {len(queries)} queries; give at most {MOST_CURVES}.")
    requests = {query: asked_request(query, **options) for query in queries}
    with open_archive(*addresses) as archive:
        require_archives(next(iter(requests.values())), archive.archives)
        found = archive.corpus.curves(requests, unit or "")
    if as_json:
        print_json(found.as_json())
    else:
        print_curves(found)


def print_curves(found: Curves) -> None:
    """A table with a line for each period, and the bursts."""
    click.echo("\t".join(["period", *(f"{printable(curve.label)}\tper thousand" for curve in found.curves)]))
    for place, period in enumerate(found.periods):
        cells = [f"{curve.counts[place]}\t{_share(curve.shares[place])}" for curve in found.curves]
        click.echo("\t".join([period, *cells]))
    for curve in found.curves:
        print_bursts(curve)


def _share(share: float | None) -> str:
    """A share of a thousand, nothing where there are no articles."""
    return "" if share is None else f"{share:.1f}"


def print_bursts(curve: Curve) -> None:
    """The times in which a curve is far higher than usual."""
    for burst in curve.bursts:
        time = burst.first if burst.first == burst.last else f"{burst.first} to {burst.last}"
        counted = "reports" if curve.request.collapse else "articles"
        click.echo(f"\n{printable(curve.label)}, {time}: {burst.count:,} {counted}")
        if burst.explanation:
            click.echo(f"  {printable(', '.join(burst.explanation.words))}")
            click.echo(f"  {printable(burst.explanation.headline or '')}  {printable(burst.explanation.id or '')}")


@click.command()
@click.argument("query")
@indexes_option
@filter_options
@json_option
def typical(query: str, addresses: tuple[str, ...], as_json: bool, **options: Any) -> None:
    """Print the words and names that what answers QUERY has more often than the rest of the archive.

    For each: its kind, in how many of the articles it is, in how many it would be expected, and how sure that is no
    chance (the log-likelihood ratio).

    \b
    Example:
      nachlese typical Mauer --from 1989 --to 1989
    """
    from search import open_archive

    request = asked_request(query, **options)
    with open_archive(*addresses) as archive:
        require_archives(request, archive.archives)
        found = archive.corpus.typical(request)
    if as_json:
        print_json(found.as_json())
    else:
        print_typical(found)


def print_typical(found: TypicalOf) -> None:
    """The words and names for a person at a shell."""
    read = f", words of {found.read:,} of them" if found.read < found.total else ""
    click.echo(f"{found.total:,} articles against {found.others:,} others{read}")
    for one in (*found.words, *found.names):
        name = click.style(printable(one.text), bold=True)
        click.echo(f"{one.count:>9,} {one.expected:>11,.1f} {one.score:>9,.0f}  {one.kind:<12}  {name}")


@click.command()
@click.argument("query")
@indexes_option
@filter_options
def record(query: str, addresses: tuple[str, ...], **options: Any) -> None:
    """Print the record of a search as JSON, to be kept, cited and run again.

    A record has the query, the state of the index, and the ids of all articles that answer (up to 100,000, else their
    number and hash alone). Nothing of the query is relaxed.

    \b
    Example:
      nachlese record 'Mauer Berlin' --to 1989 > mauer.json
      nachlese rerun mauer.json
    """
    from search import open_archive

    request = asked_request(query, **options)
    with open_archive(*addresses) as archive:
        require_archives(request, archive.archives)
        print_json(archive.corpus.record(request).as_json())


@click.command()
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@indexes_option
@json_option
def rerun(file: Path, addresses: tuple[str, ...], as_json: bool) -> None:
    """Run the search of a record again, and say which articles came and went since.

    FILE was written by `nachlese record`, or saved on the page.
    """
    from search import open_archive
    from search.corpus.record import read_record

    then = read_record(file)
    with open_archive(*addresses) as archive:
        found = archive.corpus.rerun(then)
        if as_json:
            print_json(found.as_json())
        else:
            print_rerun(found, archive)


def print_rerun(found: Rerun, archive: Archive) -> None:
    """What is different, for a person at a shell."""
    then, now = found.record, found.now
    click.echo(f"{printable(then.understood) or 'All articles'}: {then.total:,} on {then.made[:10]}, {now.total:,} now")
    if found.is_same:
        click.echo("The same articles as then.")
    elif found.came is None or found.went is None or found.gone is None:
        click.echo("Not the same articles; which ones came and went is not known, as they are too many for a record.")
    else:
        click.echo(f"{len(found.came):,} came, {len(found.went):,} went ({len(found.gone):,} of them from the index)")
        print_articles("+", found.came, archive)
        print_articles("-", found.went, archive)
    for name in found.changes:
        click.echo(
            f"The index has another {name} now ({printable(str(then.archive.get(name)))}, {now.archive[name]}); "
            "what a query finds may differ for that reason.",
            err=True,
        )


def print_articles(sign: str, ids: Iterable[str], archive: Archive) -> None:
    """Some articles, with what is known of those that the archive has."""
    from search.errors import ArticleNotFound

    named = list(ids)
    for id in named[:MOST_NAMED]:
        try:
            article = archive.article(id)
            known = f"{article.date.text if article.date else '':<10}  {printable(article.headline)}"
        except ArticleNotFound:
            known = "(not in the index)"
        click.echo(f"{sign} {printable(id)}  {known}")
    if len(named) > MOST_NAMED:
        click.echo(f"{sign} and {len(named) - MOST_NAMED:,} more; --json has all")
