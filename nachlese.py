"""The command that joins the three packages: index, delete, search, serve, status, check, and what they need."""

from __future__ import annotations

import errno
import json
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import get_completion_class

from search.article import ENTITY_TYPES
from search.errors import IndexDamaged, IndexMissing, NachleseError
from search.settings import CHECK, DEADLINE, HOST, INDEX, PORT, THREADS, URL, WORKERS

if TYPE_CHECKING:  # what a command needs is imported when it runs, so that each starts fast
    from search.hits.explaining import TermScore
    from search.page import EntityCount, Hit, Page
    from search.store.checking import CheckReport

FAILED_DOCUMENTS = 3
PROGRAM = "nachlese"
SHELLS = ("bash", "zsh", "fish")

HELP_INDEX = f"{INDEX.help}  [default: {INDEX.default}, or {INDEX.variable}]"


class Commands(click.Group):
    """The commands in the order in which a newcomer needs them; our errors become one line and an exit code."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except NachleseError as error:
            click.ClickException(str(error)).show()
            ctx.exit(error.exit_code)
        except OSError as error:  # a full disk, a folder that may not be written, a path that is a file
            if error.errno == errno.EPIPE:
                raise  # the reader of our output has gone; click ends quietly
            raise click.ClickException(f"{error.filename or 'The system'}: {error.strerror}") from error


def index_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The option --index, the same for every command."""
    option = click.option(
        "--index", "directory", type=click.Path(path_type=Path), default=INDEX.value, metavar="DIR", help=HELP_INDEX
    )
    return option(command)


def json_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The option --json, the same for every command."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")(command)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name=PROGRAM)
def main() -> None:
    """Nachlese: full-text search for German news archives.

    \b
    First steps:
      nachlese index seeds                 read the articles in the folder seeds
      nachlese search 'Mauer Berlin'       ranked hits in the shell
      nachlese serve                       the same in the browser

    Exit codes: 0 done, 1 failed, 2 wrong usage, 3 some documents failed (the rest is indexed),
    4 index missing, damaged, incompatible or not readable, 75 index locked by another indexer.
    """


@main.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@index_option
@click.option("--engine", metavar="NAME", help="tantivy or whoosh, for a new index.  [default: the faster]")
@click.option("--jobs", type=click.IntRange(0), default=0, metavar="N", help="Processes; 0 chooses.  [default: 0]")
@click.option("--rebuild", is_flag=True, help="Build anew beside the old index, then switch.")
@click.option("--prune", is_flag=True, help="Remove articles whose document in SOURCE is gone.")
@click.option("--entities/--no-entities", default=True, help="Find names in the texts, or keep declared ones only.")
@click.option(
    "--aliases", type=click.Path(path_type=Path), metavar="FILE",
    help="Names as the newsroom wants them.  [default: aliases.toml in DIR]",
)  # fmt: skip
@json_option
def index(sources: tuple[str, ...], directory: Path, as_json: bool, **options: Any) -> None:
    """Read documents and bring the index up to date.

    SOURCE is a file, a folder (with all folders in it), or - for JSON lines from standard input.
    Read are .txt .html .jsonl .json and .gz of each. An article that is known by its id is
    replaced if it changed and passed over if not, so running this again is cheap.

    \b
    Examples:
      nachlese index seeds
      nachlese index /archive/2024 /archive/2025 --prune
      zcat export.jsonl.gz | nachlese index -
    """
    from indexer.pipeline import Job
    from indexer.pipeline import index as run

    job = Job(sources, directory, **options)
    with progress_bar(sources) as progress:
        report = run(job, sys.stdin.buffer, progress)
    for problem in report.problems:
        click.echo(f"{'Failed' if problem.fatal else 'Warning'}: {problem}", err=True)
    if as_json:
        print_json(report.as_json())
    else:
        for line in report.lines():
            click.echo(line)
    if report.failures:
        raise click.exceptions.Exit(FAILED_DOCUMENTS)


@contextmanager
def progress_bar(sources: tuple[str, ...]) -> Iterator[Callable[[int, int], None] | None]:
    """A bar with rate and remaining time on a terminal; nothing elsewhere."""
    if not sys.stderr.isatty():
        yield None
        return
    from indexer.sources import Document, find_documents

    total = sum(item.size for item in find_documents(sources) if isinstance(item, Document))
    started = time.monotonic()
    with click.progressbar(
        length=total or 1, label="Indexing", show_eta=True, file=sys.stderr, item_show_func=lambda text: text
    ) as bar:

        def advance(bytes_read: int, articles: int) -> None:
            rate = articles / max(time.monotonic() - started, 0.001)
            last = ", putting in order" if bytes_read >= total else ""  # takes a while after many articles
            bar.update(min(bytes_read, total) - bar.pos, f"{articles:,} articles, {rate:,.0f}/s{last}")

        yield advance


@main.command()
@click.argument("ids", nargs=-1, metavar="ID...")
@index_option
@click.option("--forget", is_flag=True, help="Leave nothing of deleted articles on the disk, of earlier ones too.")
@json_option
def delete(ids: tuple[str, ...], directory: Path, forget: bool, as_json: bool) -> None:
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
    from search.store.directory import IndexDirectory

    if not ids and not forget:
        raise click.UsageError("Name the articles to delete by their IDs; `nachlese search` prints the ID of each hit.")
    IndexDirectory(directory).usable_manifest()  # an index is not made in order to delete from it
    with write_archive(directory) as writer:
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


@main.command()
@click.argument("query")
@index_option
@click.option("--limit", type=click.IntRange(1, 1000), default=10, show_default=True, metavar="N", help="Most hits.")
@click.option("--sort", type=click.Choice(["relevance", "newest", "oldest"]), default="relevance", show_default=True)
@click.option("--person", multiple=True, metavar="NAME", help="Only articles with this person; may be repeated.")
@click.option("--place", multiple=True, metavar="NAME", help="Only articles with this place; may be repeated.")
@click.option("--organisation", multiple=True, metavar="NAME", help="Only articles with this organisation.")
@click.option("--source", multiple=True, metavar="NAME", help="Only articles of this source; two mean either.")
@click.option("--section", multiple=True, metavar="NAME", help="Only articles of this section; two mean either.")
@click.option("--from", "since", metavar="DATE", help="First day: 2024, 2024-03, 2024-03-15 or 15.3.2024.")
@click.option("--to", "until", metavar="DATE", help="Last day, written like --from.")
@click.option("--cursor", metavar="TEXT", help="Go on where a page ended: its `next` in the JSON.")
@click.option("--explain", "explained", is_flag=True, help="Say which term gave which share of each score.")
@json_option
def search(query: str, directory: Path, limit: int, explained: bool, as_json: bool, **options: Any) -> None:
    """Print the articles that answer QUERY, the best first.

    \b
    Queries:
      Kim Putin                     both words, in any word form
      "strategisches Abkommen"      exactly these words in this order
      "strategisches Abkommen"~     the same in any word forms
      "Putin Trump"~5               at most five words apart
      Wahl ODER Abstimmung, -Sport  either; not this
      titel:Kim person:"Kim Jong Un" datum:2024-03..2024-05
      Ukrain*  *programm  Selenskij~  =Kohl
    """
    from search import Request, open_archive

    request = Request(
        text=query,
        size=limit,
        since=day(options.pop("since"), "--from", "first"),
        until=day(options.pop("until"), "--to", "last"),
        **options,
    )
    with open_archive(directory) as archive:
        page = archive.search(request)
        reasons = {hit.id: archive.explain(request, hit.id) for hit in page.hits} if explained else {}
    if as_json:
        shares = {id: [share.as_json() for share in found] for id, found in reasons.items()}
        print_json(page.as_json() | ({"explained": shares} if explained else {}))
    else:
        print_page(page, reasons)


def day(text: str | None, option: str, end: str) -> Any:
    """The first or last day that a date on the command line can mean."""
    from search.dates import parse_date

    if text is None:
        return None
    try:
        return getattr(parse_date(text), end)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint=option) from error


def print_page(page: Page, reasons: Mapping[str, Sequence[TermScore]]) -> None:
    """The hits for a person at a shell."""
    for notice in page.query.notices:
        click.echo(notice.message, err=True)
    for correction in page.query.corrections:
        click.echo(f"Did you mean {correction.text}? ({correction.total:,})", err=True)
    total = f"{page.total:,} article{'' if page.total == 1 else 's'}"
    shown = f", the first {len(page.hits)} of them" if page.total > len(page.hits) else ""
    click.echo(f"{total}{shown}, in {page.took_ms:.0f} ms: {page.query.understood}")
    for number, hit in enumerate(page.hits, start=1):
        print_hit(number, hit)
        for share in reasons.get(hit.id, ()):
            click.echo(f"   {share.score:>8.3f}  {share.column:<16} {share.kind:<8} {share.term}")


def print_hit(number: int, hit: Hit) -> None:
    """One hit: headline, what is known of it, and the passage with its matches in bold."""
    known = " · ".join(part for part in (hit.date, hit.source, hit.section, hit.why, hit.id) if part)
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


def printable(text: str) -> str:
    """The text with every control character as a space."""
    return "".join(sign if sign.isprintable() else " " for sign in text)


@main.command()
@index_option
@click.option("--type", type=click.Choice(ENTITY_TYPES), help="Only names of this type.")
@click.option("--prefix", default="", metavar="TEXT", help="Only names with a word that begins so.")
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, metavar="N", help="Most names.")
@json_option
def entities(directory: Path, type: str | None, prefix: str, limit: int, as_json: bool) -> None:
    """Print the names in the archive with their number of articles, the most frequent first.

    \b
    Examples:
      nachlese entities --type person
      nachlese entities --prefix muel          Gerd Müller, Mueller, Müllheim ...
    """
    from search import open_archive

    with open_archive(directory) as archive:
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


def with_scheme(_context: click.Context, _parameter: click.Parameter, url: str) -> str:
    """The address of a site, or none; click.BadParameter for what browsers would take for a path."""
    if url and not url.startswith(("https://", "http://")):
        raise click.BadParameter(f"{url!r} does not begin with https:// or http://.")
    return url


@main.command()
@index_option
@click.option("--host", default=HOST.value, metavar="ADDRESS", help=f"{HOST.help}  [default: {HOST.default}]")
@click.option("--port", type=click.IntRange(0, 65535), default=PORT.value, metavar="N",
              help=f"{PORT.help} 0 takes a free one.  [default: {PORT.default}]")  # fmt: skip
@click.option("--workers", type=click.IntRange(0, 64), default=WORKERS.value, metavar="N",
              help=f"{WORKERS.help}  [default: {WORKERS.default}]")  # fmt: skip
@click.option("--threads", type=click.IntRange(1, 64), default=THREADS.value, metavar="N",
              help=f"{THREADS.help}  [default: {THREADS.default}]")  # fmt: skip
@click.option("--deadline", type=click.FloatRange(0), default=DEADLINE.value, metavar="SECONDS",
              help=f"{DEADLINE.help}  [default: {DEADLINE.default}]")  # fmt: skip
@click.option("--check/--no-check", default=lambda: CHECK.value() == "1",
              help="Compare all files of the index with their check sums first.")  # fmt: skip
@click.option("--url", default=URL.value, metavar="URL", callback=with_scheme, help=f"{URL.help}  [default: as asked]")
def serve(directory: Path, host: str, port: int, check: bool, **options: Any) -> None:
    """Serve the page and the JSON API until Ctrl-C.

    The server sees new commits by itself; index as often as you like while it runs.
    """
    from web.server import serve as run

    if check:
        check_before_serving(directory)
    try:
        run(directory, host, port, announce=lambda at: click.echo(f"Nachlese is at {at}", err=True), **options)
    except OSError as error:
        raise click.ClickException(
            f"Cannot listen on {host}:{port} ({error.strerror}). Choose another --port."
        ) from error


def check_before_serving(directory: Path) -> None:
    """Raise IndexDamaged for an index with damaged files; one that is not there yet can be built while serving."""
    from search.store.checking import require_sound

    with suppress(IndexMissing):
        require_sound(directory)


@main.command()
@index_option
@json_option
def check(directory: Path, as_json: bool) -> None:
    """Compare every file of the index with its check sum, and say which are damaged.

    Each commit keeps the check sum of each file. Exit code 4 says that files are damaged or missing.
    """
    from search.store.checking import check_archive

    report = check_archive(directory)
    if as_json:
        print_json(report.as_json())
    else:
        print_check(report)
    if not report.is_sound:
        raise click.exceptions.Exit(IndexDamaged.exit_code)


def print_check(report: CheckReport) -> None:
    """What a check found, and what mends it."""
    from search.store.checking import advice

    for kind in ("damaged", "missing", "unexpected", "unverified"):
        for file in getattr(report, kind):
            click.echo(f"{kind:<12}{file}")
    click.echo(f"{report.checked:,} files compared, {'all as they were written' if report.is_sound else 'not sound'}")
    for sentence in advice(report):
        click.echo(sentence, err=True)


@main.command()
@index_option
@json_option
def status(directory: Path, as_json: bool) -> None:
    """Print what the index holds."""
    from search import open_archive

    with open_archive(directory) as archive:
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


@main.command()
@click.argument("questions", type=click.Path(path_type=Path), metavar="SET")
@click.option("--index", "directories", type=click.Path(path_type=Path), multiple=True, metavar="DIR",
              help="Index to ask; repeat it to compare engines.  [default: index]")  # fmt: skip
@click.option("--compare", is_flag=True, help="Also measure without each kind of match.")
@click.option("--misses", type=click.IntRange(0), default=10, show_default=True, metavar="N", help="Misses to list.")
@json_option
def evaluate(questions: Path, directories: tuple[Path, ...], compare: bool, misses: int, as_json: bool) -> None:
    """Measure how well an index answers the judged questions in SET.

    SET is TOML with tables [[question]], or JSON lines; each question has its text and the ids of
    all articles that answer it, relevant.

    \b
    Example:
      nachlese evaluate seeds/questions.toml --compare
    """
    from search.archive import open_archive
    from search.quality import ABLATIONS, MEASURES, Quality, read_questions
    from search.quality import evaluate as measure
    from search.schema import WEIGHTS

    asked = read_questions(questions)
    variants = {"": WEIGHTS, **(ABLATIONS if compare else {})}
    results: dict[str, Quality] = {}
    for directory in directories or (Path(INDEX.value()),):
        with open_archive(directory) as archive:
            engine = archive.status().engine
            for name, weights in variants.items():
                results[f"{engine} {name}".strip()] = measure(archive, asked, weights)
    if as_json:
        print_json({name: quality.as_json() for name, quality in results.items()})
        return
    click.echo(f"{len(asked)} questions\n{'':<36}" + "".join(f"{name:>12}" for name in MEASURES))
    for name, quality in results.items():
        click.echo(f"{name:<36}" + "".join(f"{quality.measures[measure]:>12.3f}" for measure in MEASURES))
    first = next(iter(results.values()))
    for miss in first.misses[:misses]:
        click.echo(f"{'rank ' + str(miss.rank) if miss.rank else 'not found':>10}  {printable(miss.question.text)}")


@main.command()
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


@main.command()
@click.argument("shell", type=click.Choice(SHELLS))
def completion(shell: str) -> None:
    """Print a script that completes commands and options in SHELL.

    \b
    For bash, once:  nachlese completion bash > ~/.nachlese-complete
                     echo '. ~/.nachlese-complete' >> ~/.bashrc
    """
    known = get_completion_class(shell)
    assert known is not None  # SHELLS are those that click knows
    click.echo(known(main, {}, PROGRAM, "_NACHLESE_COMPLETE").source())


def print_json(value: Any) -> None:
    """JSON on standard output, umlauts as they are."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


if __name__ == "__main__":
    main(prog_name=PROGRAM)
