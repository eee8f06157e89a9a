"""The command that joins the three packages: index, delete, search, serve, watch, status, check, and what they need."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import get_completion_class

from search.commands.asking import entities, evaluate, explain, search
from search.commands.copying import copy
from search.commands.keeping import check, delete, status
from search.commands.options import index_option, indexes_option, json_option, print_json, printable
from search.commands.streams import end_with, open_closed_streams, system_error
from search.commands.studying import concordance, curves, record, rerun, typical
from search.errors import IndexLocked, IndexMissing, NachleseError
from search.settings import ACCESS, CHECK, HOST, PORT, THREADS, URL, WORKERS

if TYPE_CHECKING:
    from indexer.document import Mapping
    from indexer.pipeline import Job
    from indexer.report import Report
    from web.alerts.watching import Watched

FAILED_DOCUMENTS = 3
STOPPED = 130
LOCKED = 5.0  # seconds until a run that watches asks again for an index that another process writes to
PROGRAM = "nachlese"
SHELLS = ("bash", "zsh", "fish")
DOUBTS = ("types", "kind", "spellings", "word", "renamed")  # indexer.authority.doubts.KINDS, which takes long to import


class Commands(click.Group):
    """The commands in the order in which a newcomer needs them; our errors become one line and an exit code."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(self.commands)

    def main(self, *args: Any, **options: Any) -> Any:
        open_closed_streams()
        try:
            return super().main(*args, **options)
        except OSError as error:  # of --help and --version, and of what click itself tells
            end_with(system_error(error))

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except NachleseError as error:
            click.ClickException(str(error)).show()
            ctx.exit(error.exit_code)
        except OSError as error:
            raise system_error(error) from error
        except KeyboardInterrupt:  # before the command could begin what it would tell of
            click.echo("Error: Stopped.", err=True)
            ctx.exit(STOPPED)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name=PROGRAM)
@click.pass_context
def main(context: click.Context) -> None:
    """Nachlese: full-text search for German news archives.

    \b
    First steps:
      nachlese index seeds                 read the articles in the folder seeds
      nachlese search 'Mauer Berlin'       ranked hits in the shell
      nachlese serve                       the same in the browser

    Exit codes: 0 done, 1 failed, 2 wrong usage, 3 some documents failed (the rest is indexed),
    4 index missing, damaged, incompatible or not readable, 75 index locked by another
    indexer or cluster not reachable, 130 stopped by Ctrl-C.
    """
    context.obj = in_english


def in_english(message: str) -> str:
    """A message of the page as the shell says it, which speaks English throughout; the catalogue is read for it."""
    from web.translation import translations

    return str(translations("en").gettext(message))


def aliases_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The option --aliases, the same for the commands that name things."""
    option = click.option(
        "--aliases", type=click.Path(path_type=Path), metavar="FILE",
        help="Names as the newsroom wants them.  [default: aliases.toml in DIR]",
    )  # fmt: skip
    return option(command)


@click.command()
@click.argument("sources", nargs=-1, metavar="SOURCE...")
@index_option
@click.option("--engine", metavar="NAME", help="tantivy or whoosh, for a new index.  [default: the faster]")
@click.option("--jobs", type=click.IntRange(0), default=0, metavar="N", help="Processes; 0 chooses.  [default: 0]")
@click.option("--rebuild", is_flag=True, help="Build anew beside the old index, then switch.")
@click.option("--begin", "step", flag_value="begin", help="With --rebuild, in a cluster: begin, and others join in.")
@click.option("--switch", "step", flag_value="switch", help="Have readers use what was begun, and all have built.")
@click.option("--give-up", "step", flag_value="give-up", help="Remove what was begun.")
@click.option("--prune", is_flag=True, help="Remove articles whose document in SOURCE is gone.")
@click.option("--entities/--no-entities", default=True, help="Find names in the texts, or keep declared ones only.")
@aliases_option
@click.option("--map", "mapping", multiple=True, metavar="KEYS",
              help="Which keys of JSON and CSV mean ours: body=text,title=headline.")  # fmt: skip
@click.option("--watch", is_flag=True, help="Go on with what is added or changed in SOURCE, until Ctrl-C.")
@click.option("--dry-run", is_flag=True, help="Say what would be read and how, and read nothing.")
@json_option
def index(
    sources: tuple[str, ...],
    address: str,
    mapping: tuple[str, ...],
    watch: bool,
    dry_run: bool,
    step: str | None,
    as_json: bool,
    **options: Any,
) -> None:
    """Read documents and bring the index up to date.

    SOURCE is a file, a folder (with all folders in it), or - for JSON lines from standard input.
    docs/formats.md lists what is read; the report counts what is not. An article that is known by
    its id is replaced if it changed and passed over if not, so running this again is cheap.

    \b
    Examples:
      nachlese index seeds
      nachlese index /archive/2024 /archive/2025 --prune
      zcat export.jsonl.gz | nachlese index -
    """
    if step or not sources:
        take_step(step, sources, address, as_json, options)
        return
    if not any(source == "-" or os.path.lexists(source) for source in sources) and is_empty(address):
        raise click.UsageError(f"{', '.join(sources)}: does not exist; check the spelling of the path.")
    from indexer.mapping import parse_mapping

    keys = parse_mapping(",".join(mapping))
    if dry_run:
        preview(sources, keys, as_json)
        return
    from indexer.pipeline import Job

    job = Job(sources, address, mapping=keys, **options)
    if watch:
        index_changes(job, as_json)
    elif run_and_tell(job, as_json).failures:
        raise click.exceptions.Exit(FAILED_DOCUMENTS)


def is_empty(address: str) -> bool:
    """Whether there is no index yet."""
    from search.errors import IndexIncompatible
    from search.store.places import place_of

    try:
        return place_of(address).manifest() is None
    except IndexIncompatible:  # which the run tells
        return False


def take_step(step: str | None, sources: tuple[str, ...], address: str, as_json: bool, options: dict[str, Any]) -> None:
    """Begin a rebuild by several, end it, or give it up."""
    if not step:
        raise click.UsageError("Missing argument 'SOURCE...'.")
    if sources or not options["rebuild"]:
        raise click.UsageError(f"--{step} goes with --rebuild, and with no SOURCE.")
    from search.errors import RebuildMissing
    from search.store.places import shared_place

    place = shared_place(address)
    if step == "begin":
        number = place.begin_rebuild()
        click.echo(
            f"Generation {number} is begun. Index into it with: nachlese index SOURCE --rebuild --index '{address}'",
            err=True,
        )
    elif step == "give-up":
        place.give_up_rebuild()
    else:
        if place.being_rebuilt() is None:
            raise RebuildMissing(address)
        from indexer.pipeline import Job

        run_and_tell(Job((), address, **options), as_json)  # lists names as the whole archive has them
        place.switch()


def run_and_tell(job: Job, as_json: bool) -> Report:
    """Index, and print the report."""
    from indexer.pipeline import index as run
    from indexer.witness import witnessed

    with witnessed(), progress_bar() as progress:
        tell = partial(click.echo, err=True)
        report = run(job, getattr(sys.stdin, "buffer", None), progress, tell)  # no stdin if it was closed
    for problem in report.problems:
        click.echo(f"{'Failed' if problem.fatal else 'Warning'}: {problem}", err=True)
    if as_json:
        print_json(report.as_json())
    else:
        for line in report.lines():
            click.echo(line)
    return report


def index_changes(job: Job, as_json: bool) -> None:
    """Index, and again what changes, with a report for each time, until Ctrl-C."""
    from indexer.watching import changes

    with suppress(KeyboardInterrupt):
        for paths in changes(job.sources):
            now = replace(job, only=paths, rebuild=job.rebuild and not paths)
            while not told_unless_locked(now, as_json):
                time.sleep(LOCKED)
            sys.stdout.flush()


def told_unless_locked(job: Job, as_json: bool) -> bool:
    """Index, and print the report; False, and why, if another process writes to the index just now."""
    try:
        run_and_tell(job, as_json)
    except IndexLocked as error:
        click.echo(f"Waiting: {error}", err=True)
        return False
    return True


def preview(sources: tuple[str, ...], mapping: Mapping, as_json: bool) -> None:
    """Print what a run would read, a line for each document, and what it would not."""
    from indexer.errors import harmless
    from indexer.preview import preview as look

    found = look(sources, mapping)
    if as_json:
        print_json([{"document": name, "format": told} for name, told in found])
        return
    for name, told in found:
        click.echo(f"{told}\t{harmless(name)}")


@click.command()
@index_option
@click.option(
    "--kind", "kinds", type=click.Choice(DOUBTS), multiple=True, help="Only doubts of this kind.  [default: all]"
)
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, metavar="N", help="Most names.")
@click.option(
    "--least", type=click.IntRange(1), default=3, show_default=True, metavar="N", help="Only names in so many articles."
)
@click.option("--apply", "applies", is_flag=True, help="Have aliases.toml take effect, without reading documents.")
@aliases_option
@json_option
def names(
    address: str, kinds: tuple[str, ...], limit: int, least: int, applies: bool, aliases: Path | None, as_json: bool
) -> None:
    """Print the names that are doubtful, with the lines of aliases.toml that would mend them.

    \b
    Kinds of doubts, the most frequent names first:
      types      a name is listed in two types, or a person's last name in another one
      kind       nearly all names that end so are of another type
      spellings  a rare name differs in one letter from a frequent one
      word       in most articles the word is no name
      renamed    what the archive decided by itself, to be looked at

    Copy the lines that are right into aliases.toml in the index directory. With --apply it takes effect in the
    articles that it concerns; the next `nachlese index` would do the same.
    """
    if applies:
        from indexer.pipeline import Job
        from indexer.pipeline import index as run
        from search.store.place import usable_manifest
        from search.store.places import place_of

        usable_manifest(place_of(address))  # an index is not made in order to name things in it
        report = run(Job((), address, aliases=aliases))
        number = f"{report.renamed:,} article{'' if report.renamed == 1 else 's'}"
        print_json(report.as_json()) if as_json else click.echo(f"{number} renamed")
        return
    from indexer.authority.doubts import KINDS, doubts, example
    from search import open_archive

    with open_archive(address) as archive:
        found = doubts(archive, kinds or KINDS, least)
        shown = [(doubt, example(archive, doubt)) for doubt in found[:limit]]
    if as_json:
        print_json({"total": len(found), "doubts": [doubt.as_json(text) for doubt, text in shown]})
        return
    for doubt, text in shown:
        name = printable(doubt.name.name)
        click.echo(f"{doubt.count:>9,}  {doubt.name.type:<12}  {click.style(name, bold=True)}: {doubt.reason}")
        click.echo(click.style(f"{'':>11}{printable(text)}", dim=True))
        click.echo("".join(f"{'':>11}{printable(line)}\n" for line in doubt.lines.splitlines()))
    click.echo(f"{len(found):,} doubtful names" + (f", the first {limit:,} of them" if len(found) > limit else ""))


ALMOST = 0.99  # of a progress bar is filled before all is read
REDRAW = 0.1  # seconds between two states of a progress bar


@contextmanager
def progress_bar() -> Iterator[Callable[[int, int, int, bool], None] | None]:
    """A bar with rate and remaining time on a terminal; nothing elsewhere."""
    if not sys.stderr.isatty():
        yield None
        return
    started = drawn = time.monotonic()
    with click.progressbar(
        length=1, label="Indexing", show_eta=True, file=sys.stderr, item_show_func=lambda text: text
    ) as bar:

        def advance(bytes_read: int, total: int, articles: int, is_all: bool) -> None:
            nonlocal drawn
            now = time.monotonic()
            if now < drawn + REDRAW and not is_all:
                return
            drawn = now
            last = ", putting in order" if is_all else ""  # takes a while after many articles
            text = f"{articles:,} articles, {articles / max(now - started, 0.001):,.0f}/s{last}"
            bar.length = total or 1  # known only when all documents are found, which takes a while of very many
            # A small packed file is read at once, and unpacked and parsed long afterwards.
            bar.update(int(min(bytes_read, total * (1 if is_all else ALMOST))) - bar.pos, text)
            bar.current_item = text  # a bar that is at its end heeds no update, but a packed file holds more then
            bar.render_progress()

        yield advance


@click.command()
@indexes_option
@click.option("--host", default=HOST.value, metavar="ADDRESS", help=f"{HOST.help}  [default: {HOST.default}]")
@click.option("--port", type=click.IntRange(0, 65535), default=PORT.value, metavar="N",
              help=f"{PORT.help} 0 takes a free one.  [default: {PORT.default}]")  # fmt: skip
@click.option("--workers", type=click.IntRange(0, 64), default=WORKERS.value, metavar="N",
              help=f"{WORKERS.help}  [default: {WORKERS.default}]")  # fmt: skip
@click.option("--threads", type=click.IntRange(1, 64), default=THREADS.value, metavar="N",
              help=f"{THREADS.help}  [default: {THREADS.default}]")  # fmt: skip
@click.option("--check/--no-check", default=lambda: CHECK.value() == "1",
              help="Compare all files of the index with their check sums first.")  # fmt: skip
@click.option("--health", is_flag=True,
              help="Serve nothing, but ask the server that runs with the same settings whether it lives.")  # fmt: skip
@click.option("--url", default=URL.value, metavar="URL", help=f"{URL.help}  [default: as asked]")
def serve(
    addresses: tuple[str, ...], host: str, port: int, check: bool, health: bool, url: str, **options: Any
) -> None:
    """Serve the page and the JSON API until Ctrl-C; of several indexes as one, if --index is repeated.

    The server sees new commits by itself; index as often as you like while it runs. How the site is operated (limits,
    logs, password, HTTPS) is set by the environment; the README has the table.
    """
    from web.operation.options import Operation, public_url

    operation = Operation.from_settings()
    if health:
        from web.operation.probe import require_health

        require_health(host, port, operation)
        return
    from web.server import serve as run

    url = public_url(url)
    if check:
        check_before_serving(addresses)
    try:
        run(
            addresses,
            host,
            port,
            url=url,
            operation=operation,
            announce=lambda at: click.echo(f"Nachlese is at {at}", err=True),
            **options,
        )
    except OSError as error:
        raise click.ClickException(
            f"Cannot listen on {host}:{port} ({error.strerror}). Choose another --port."
        ) from error


def check_before_serving(addresses: tuple[str, ...]) -> None:
    """Raise IndexDamaged for an index with damaged files; one that is not there yet can be built while serving."""
    from search.federation.addresses import named_addresses
    from search.store.checking import require_sound

    for address in named_addresses(addresses).values():
        with suppress(IndexMissing):
            require_sound(address)


@click.command()
@click.argument("searches", type=click.Path(dir_okay=False, path_type=Path), metavar="SEARCHES")
@index_option
@click.option("--state", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
              help="What is known and was sent, for one archive alone.  [default: SEARCHES with .sqlite]")  # fmt: skip
@click.option("--follow", is_flag=True, help="Go on with each commit of the indexer, until Ctrl-C.")
@click.option("--url", default=URL.value, metavar="URL", help=f"{URL.help}")
@json_option
def watch(searches: Path, address: str, state: Path | None, follow: bool, url: str, as_json: bool) -> None:
    """Send what is new to saved searches, each story once.

    SEARCHES is a file in TOML, of which the page offers the lines for any search. The first run notes what there is;
    later ones send what has come since: to a feed, a file, by mail or to a webhook. What could not be sent is sent by
    the next run. (Folders of documents are watched by `nachlese index --watch`.)

    
    Examples:
      nachlese index /archive && nachlese watch searches.toml
      nachlese watch searches.toml --follow
    """
    from web.alerts.watching import Watcher
    from web.operation.options import public_url

    base = public_url(url) or f"http://{HOST.value()}:{PORT.value()}"
    state = state or searches.with_suffix(".sqlite")
    watcher = Watcher(address, base, searches, state)
    if not follow:
        if not told_watched(watcher.run(), state, as_json):
            raise click.exceptions.Exit(1)
        return
    with suppress(KeyboardInterrupt):
        for watched in watcher.runs(partial(click.echo, err=True)):
            told_watched(watched, state, as_json)
            sys.stdout.flush()


def told_watched(watched: Watched, state: Path, as_json: bool) -> bool:
    """Print what a run of `watch` did; whether all could be sent."""
    for failure in watched.failures:
        click.echo(f"Not sent: {printable(failure)}", err=True)
    if as_json:
        print_json(watched.as_json())
    elif watched.is_first:
        click.echo(f"Noted in {printable(str(state))} what there is; from now on what is new is sent.")
    else:
        for name, number in watched.new.items():
            click.echo(f"{number:>9,}  {printable(name)}")
        click.echo(f"{watched.sent:,} sent")
    return not watched.failures


def access_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The option --file, the same for the commands that say who may read."""
    option = click.option(
        "--file", type=click.Path(path_type=Path, dir_okay=False), envvar=ACCESS.variable, required=True,
        metavar="FILE", help=f"{ACCESS.help}  [default: {ACCESS.variable}]",
    )  # fmt: skip
    return option(command)


@click.command()
@access_option
@click.option("--remove", is_flag=True, help="Let everybody read again.")
def password(file: Path, remove: bool) -> None:
    """Set the password that readers of the whole site need, from the terminal or standard input.

    Only its hash is kept in FILE. The server reads FILE when it starts, if NACHLESE_ACCESS names it.
    """
    from web.operation.access import LONGEST_PASSWORD, Credentials

    known = Credentials.read(file) if file.exists() else Credentials()
    if remove:
        chosen = ""
    elif sys.stdin and sys.stdin.isatty():
        chosen = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    elif not (chosen := sys.stdin.readline().rstrip("\r\n") if sys.stdin else ""):
        raise click.ClickException("There is no password on standard input. Write it there, or use a terminal.")
    if len(chosen) > LONGEST_PASSWORD or not chosen.isprintable():
        raise click.ClickException(f"The password must have at most {LONGEST_PASSWORD:,} characters, all printable.")
    known.with_password(chosen).write(file)
    click.echo(f"The password is {'removed from' if remove else 'set in'} {file}. Restart the server.", err=True)


@click.command()
@click.argument("name")
@access_option
@click.option("--remove", is_flag=True, help="Refuse the key of this name from now on.")
def key(name: str, file: Path, remove: bool) -> None:
    """Make a key for a program that asks the API, and print it.

    Programs show it as `Authorization: Bearer KEY`. Only its hash is kept in FILE; NAME stands in the access log.
    """
    from web.operation.access import Credentials

    known = Credentials.read(file) if file.exists() else Credentials()
    if remove and name not in known.keys:
        raise click.ClickException(f"There is no key {name!r} in {file}; it has {', '.join(known.keys) or 'none'}.")
    if not remove and not (name.strip() and name.isprintable()):
        raise click.ClickException("The name of a key must have letters, and no line breaks. Choose another NAME.")
    changed, made = (known.without_key(name), "") if remove else known.with_new_key(name)
    if made:  # first shown, as nobody can find out a key that is kept already
        click.echo(made)
    changed.write(file)
    click.echo(f"The key {name!r} is {'removed from' if remove else 'set in'} {file}. Restart the server.", err=True)


@click.command()
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


main.add_command(index)
main.add_command(delete)
main.add_command(copy)
main.add_command(search)
main.add_command(entities)
main.add_command(concordance)
main.add_command(curves)
main.add_command(typical)
main.add_command(record)
main.add_command(rerun)
main.add_command(names)
main.add_command(serve)
main.add_command(watch)
main.add_command(check)
main.add_command(status)
main.add_command(password)
main.add_command(key)
main.add_command(evaluate)
main.add_command(explain)
main.add_command(completion)


if __name__ == "__main__":
    main(prog_name=PROGRAM)
