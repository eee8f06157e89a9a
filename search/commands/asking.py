"""The commands that ask an archive: search, entities, explain, evaluate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from search.article import ENTITY_TYPES
from search.commands.options import (
    INDEX_PLACE,
    asked_request,
    filter_options,
    indexes_option,
    json_option,
    print_json,
    printable,
    require_archives,
)
from search.settings import INDEX

if TYPE_CHECKING:  # what a command needs is imported when it runs, so that each starts fast
    from search.archive import Archive
    from search.hits.explaining import TermScore
    from search.page import EntityCount, Hit, Page
    from search.quality import Quality


NO_FACETS: Mapping[str, int] = {}  # are shown to a person at a shell, and to count them takes NumPy, which loads slowly


# -Sport is a word that must be missing, and so is -Kohl, of whose letters -h would be an option.
@click.command(context_settings={"ignore_unknown_options": True, "help_option_names": ["--help"]})
@click.argument("words", nargs=-1, required=True, metavar="QUERY...")
@indexes_option
@click.option("--limit", type=click.IntRange(1, 1000), default=10, show_default=True, metavar="N", help="Most hits.")
@click.option(
    "--sort", type=click.Choice(["relevance", "recent", "newest", "oldest"]), default="relevance", show_default=True
)
@click.option("--relax/--no-relax", default=True, help="Whether words that are merely listed may be missing.")
@click.option("--collapse/--no-collapse", default=False, help="List articles with one text once, the earliest.")
@filter_options
@click.option("--cursor", metavar="TEXT", help="Go on where a page ended: its `next` in the JSON.")
@click.option("--explain", "explained", is_flag=True, help="Say which term gave which share of each score.")
@json_option
def search(
    words: tuple[str, ...], addresses: tuple[str, ...], limit: int, explained: bool, as_json: bool, **options: Any
) -> None:
    """Print the articles that answer QUERY, the best first; its words need no quotation marks around them.

    \b
    Queries:
      Kim Putin                     both words, in any word form; of three or more, most of them
      Kim UND Putin  +Kim +Putin    both words, or nothing
      "strategisches Abkommen"      exactly these words in this order
      "strategisches Abkommen"~     the same in any word forms
      "Putin Trump"~5               at most five words apart
      Wahl ODER Abstimmung, -Sport  either; not this
      titel:Kim person:"Kim Jong Un" datum:2024-03..2024-05
      Ukrain*  *programm  Selenskij~  =Kohl
    """
    from search import open_archive

    if words == ("-h",):
        click.echo(click.get_current_context().get_help())
        return
    for word in words:
        if word.startswith("--"):
            raise click.NoSuchOption(word)
    request = asked_request(" ".join(words), size=limit, **options)
    with open_archive(*addresses) as archive:
        require_archives(request, archive.archives)
        page = archive.search(request, None if as_json else NO_FACETS)
        reasons = {hit.id: archive.explain(request, hit.id) for hit in page.hits} if explained else {}
    if as_json:
        shares = {id: [share.as_json() for share in found] for id, found in reasons.items()}
        print_json(page.as_json() | ({"explained": shares} if explained else {}))
    else:
        print_page(page, reasons, request.collapse)


def print_page(page: Page, reasons: Mapping[str, Sequence[TermScore]], collapsed: bool) -> None:
    """The hits for a person at a shell."""
    from search.query.notices import notice_text

    in_english = click.get_current_context().obj or str  # nachlese.py knows the translations, which are the page's
    for notice in page.query.notices:
        click.echo(printable(notice_text(notice.code, notice.detail, in_english)), err=True)
    for correction in page.query.corrections:
        click.echo(f"Did you mean {correction.text}? ({correction.total:,})", err=True)
    for other in page.query.looser:
        click.echo(f"Less is asked by {other.text} ({other.total:,})", err=True)
    total = f"{page.total:,} article{'' if page.total == 1 else 's'}"
    shown = f", the first {page.last:,} of them" if page.next else ""
    if page.previous:
        shown = f", {page.first:,} to {page.last:,} of them"
    stories = f", {len(page.hits):,} without copies" if collapsed else ""
    click.echo(f"{total}{shown}{stories}, in {page.took_ms:.0f} ms: {page.query.understood}")
    for number, hit in zip(page.ranks, page.hits, strict=True):
        print_hit(number, hit)
        for share in reasons.get(hit.id, ()):
            click.echo(f"   {share.score:>8.3f}  {share.column:<16} {share.kind:<8} {share.term}")


def print_hit(number: int, hit: Hit) -> None:
    """One hit: headline, what is known of it, and the passage with its matches in bold."""
    versions = f"{hit.family.size:,} versions" if hit.family else ""
    known = " · ".join(part for part in (hit.date, hit.source, hit.section, hit.why, versions, hit.id) if part)
    click.echo(f"\n{number}. {marked(hit.title or '(no headline)', hit.title_marks)}")
    click.echo(f"   {click.style(known, dim=True)}")
    passage = marked(hit.snippet.text, hit.snippet.marks)
    click.echo(click.wrap_text(passage, 96, initial_indent="   ", subsequent_indent="   "))


def marked(text: str, marks: tuple[tuple[int, int], ...]) -> str:
    """A text with its marks in bold; without control characters, which could command the terminal."""
    pieces, end = [], 0
    for start, stop in marks:
        pieces += [printable(text[end:start]), click.style(printable(text[start:stop]), bold=True)]
        end = stop
    return "".join([*pieces, printable(text[end:])])


@click.command()
@indexes_option
@click.option("--type", type=click.Choice(ENTITY_TYPES), help="Only names of this type.")
@click.option("--prefix", default="", metavar="TEXT", help="Only names with a word that begins so.")
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, metavar="N", help="Most names.")
@json_option
def entities(addresses: tuple[str, ...], type: str | None, prefix: str, limit: int, as_json: bool) -> None:
    """Print the names in the archive with their number of articles, the most frequent first.

    \b
    Examples:
      nachlese entities --type person
      nachlese entities --prefix muel          Gerd Müller, Mueller, Müllheim ...
    """
    from search import open_archive

    with open_archive(*addresses) as archive:
        found = archive.entities(type, prefix, limit)
    if as_json:
        print_json({"entities": [name.as_json() for name in found]})
    else:
        print_names(found)


def print_names(found: Sequence[EntityCount]) -> None:
    """The names for a person at a shell, in columns."""
    if not found:
        click.echo("No such names. Try a shorter --prefix, or none.", err=True)
    for name in found:
        click.echo(f"{name.count:>9,}  {click.style(f'{name.type:<12}', dim=True)}  {printable(name.name)}")


@click.command()
@click.argument("text", metavar="WORD")
@json_option
def explain(text: str, as_json: bool) -> None:
    """Print what the German analysis makes of WORD: its terms in each layer, and why."""
    from search.german.explanation import explain_text

    rows = explain_text(text)
    if as_json:
        print_json([row.as_json() for row in rows])
        return
    for row in rows:
        click.echo(f"{printable(row.letters):<28} {row.layer:<6} {row.term:<28} {click.style(row.reason, dim=True)}")


@click.command()
@click.argument("questions", type=click.Path(path_type=Path), metavar="SET", required=False)
@click.option(
    "--from-archive",
    "number",
    type=click.IntRange(1, 100_000),
    metavar="N",
    help="Ask for N articles of the index itself, drawn at random, instead of SET.",
)
@click.option(
    "--index",
    "addresses",
    type=INDEX_PLACE,
    multiple=True,
    metavar="DIR",
    help="Index to ask; repeat it to compare engines.  [default: index]",
)
@click.option("--compare", is_flag=True, help="Also measure without each kind of match.")
@click.option("--misses", type=click.IntRange(0), default=10, show_default=True, metavar="N", help="Misses to list.")
@json_option  # fmt: skip
def evaluate(
    questions: Path | None, number: int | None, addresses: tuple[str, ...], compare: bool, misses: int, as_json: bool
) -> None:
    """Measure how well an index answers the judged questions in SET, or questions made of its own articles.

    SET is TOML with tables [[question]], or JSON lines; each question has its text and the ids of
    all articles that answer it, relevant. With --from-archive the headline of an article asks for
    its body, the two or three rarest nouns of the headline ask for the article, and so do two of
    them with a typing error, by the first correction that is offered. Headlines can be asked only
    of archives that have them.

    \b
    Examples:
      nachlese evaluate seeds/questions.toml --compare
      nachlese evaluate --from-archive 500
    """
    from search.archive import open_archive

    if (questions is None) == (number is None):
        raise click.UsageError("Give either SET or --from-archive N.")
    results: dict[str, Quality] = {}
    for address in addresses or (INDEX.value(),):
        with open_archive(address) as archive:
            measured = _known_items(archive, number, compare) if number else _judged(archive, questions, compare)
            engine = archive.status().engine
            results |= {f"{engine} {name}".strip(): quality for name, quality in measured.items()}
    if as_json:
        print_json({name: quality.as_json() for name, quality in results.items()})
    else:
        _print_qualities(results, misses)


def _judged(archive: Archive, questions: Path | None, compare: bool) -> dict[str, Quality]:
    """How well an archive answers judged questions, with all weights and if `compare` with each left out."""
    from search.quality import ABLATIONS, evaluate, read_questions
    from search.schema import WEIGHTS

    asked = read_questions(questions or Path())
    variants = {"": WEIGHTS, **(ABLATIONS if compare else {})}
    return {name: evaluate(archive, asked, weights) for name, weights in variants.items()}


def _known_items(archive: Archive, number: int, compare: bool) -> dict[str, Quality]:
    """How well an archive answers questions made of its own articles, kind by kind."""
    from search.known_items import known_items
    from search.quality import ABLATIONS, evaluate
    from search.schema import WEIGHTS

    variants = {"": WEIGHTS, **(ABLATIONS if compare else {})}
    return {
        f"{kind} {name}".strip(): evaluate(
            archive, asked, replace(weights, title=0.0) if kind == "headline" else weights, kind == "misspelt"
        )
        for kind, asked in known_items(archive, number).items()
        if asked
        for name, weights in variants.items()
    }


def _print_qualities(results: Mapping[str, Quality], misses: int) -> None:
    """A line of measures for each, then what the first one missed."""
    from search.quality import MEASURES

    click.echo(f"{'':<48}" + "".join(f"{name:>12}" for name in MEASURES) + f"{'questions':>12}")
    for name, quality in results.items():
        measures = "".join(f"{quality.measures[measure]:>12.3f}" for measure in MEASURES)
        click.echo(f"{name:<48}{measures}{quality.questions:>12}")
    for miss in next((quality.misses[:misses] for quality in results.values()), ()):
        click.echo(f"{'rank ' + str(miss.rank) if miss.rank else 'not found':>10}  {printable(miss.question.text)}")
