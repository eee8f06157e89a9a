"""nachlese search, status, completion and the help: data on standard output, messages beside it."""

import pytest

from tests.commands.running import Shell

RECORDS = (
    {"id": "1", "title": "Gipfel in Alaska", "body": "Putin trifft Trump.", "date": "2025-08-15", "source": "Bote",
     "entities": {"person": ["Wladimir Putin"]}},
    {"id": "2", "title": "Kohl wird Kanzler", "body": "Der Bundestag wählte.\x1b[31m Rot", "date": "1982-10-01"},
)  # fmt: skip


def test_hits_are_printed_for_people(filled: Shell) -> None:
    """A hit shows number, headline, date, source, reason, id and passage."""
    result = filled.run("search", "Putin")
    assert result.code == 0
    assert result.out.startswith("1 article, in ")
    assert "1. Gipfel in Alaska\n   2025-08-15 · Bote · exact · 1\n   Putin trifft Trump." in result.out


def test_json_is_the_page_of_the_api(filled: Shell) -> None:
    """--json prints the object that the JSON API answers with."""
    page = filled.run("search", "Putin", "--json").json
    assert list(page) == ["query", "total", "took_ms", "hits", "facets", "next"]
    assert page["hits"][0]["entities"]["person"] == ["Wladimir Putin", "Trump"]


def test_options_narrow_and_sort(filled: Shell) -> None:
    """Filters, dates, order, limit and cursor work as in the browser."""

    def ids(*options: str) -> list[str]:
        return [hit["id"] for hit in filled.run("search", "*", "--json", *options).json["hits"]]

    assert ids("--sort", "oldest") == ["2", "1"]
    assert ids("--person", "Wladimir Putin") == ["1"]
    assert ids("--from", "2025") == ["1"]
    assert ids("--to", "1.10.1982") == ["2"]
    cursor = filled.run("search", "*", "--json", "--limit", "1").json["next"]
    assert ids("--limit", "1", "--cursor", cursor) == ["2"]
    assert ", 2 to 2 of them, in" in filled.run("search", "*", "--limit", "1", "--cursor", cursor).out
    assert ", the first 1 of them, in" in filled.run("search", "*", "--limit", "1").out


def test_words_need_no_quotation_marks(filled: Shell) -> None:
    """Words are one query, a minus before one rules it out, and options may stand among them."""
    joined = filled.run("search", "Putin -Kohl", "--json").json
    parted = filled.run("search", "Putin", "--limit", "10", "-Kohl", "--json").json
    assert parted["query"] == joined["query"]
    assert parted["total"] == 1
    assert filled.run("search", "-h").out == filled.run("search", "--help").out


def test_an_index_that_is_being_built_is_no_missing_one(shell: Shell) -> None:
    """While the first run of the indexer lasts, or after it was stopped, that is what is said."""
    (shell.folder / "index" / "generation-000001").mkdir(parents=True)
    result = shell.run("search", "x")
    assert (result.code, "only the beginning of one" in result.err) == (4, True), result.err


def test_notices_go_to_standard_error(filled: Shell) -> None:
    """What the reader should know about the query does not mix with the data."""
    result = filled.run("search", "Putin Kohl")
    assert "No article contains all the words" in result.err
    assert "No article" not in result.out


def test_documents_cannot_command_the_terminal(filled: Shell) -> None:
    """Control characters of an article are not printed."""
    assert "\x1b" not in filled.run("search", "Bundestag").out


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("search", "x", "--index", "nowhere"), 4, "Build one with: nachlese index SOURCE --index nowhere"),
        (("status", "--index", "nowhere"), 4, "There is no index in nowhere"),
        (("search", "x", "--cursor", "nonsense"), 2, "first page"),
        (("search", "x", "--from", "gestern"), 2, "is not a date; write 2025-08-13"),
        (("search", "x", "--limit", "0"), 2, "--limit"),
        (("search", "x", "--from", "2025", "--to", "2020"), 2, "lies before --from (2025-01-01); exchange them"),
        (("search", "x", "--limt", "5"), 2, "No such option '--limt'"),
        (("search",), 2, "QUERY"),
        (("index",), 2, "SOURCE"),
        (("index", "nowhere"), 3, "nowhere: does not exist"),
        (("index", "nowhere", "--index", "new"), 2, "nowhere: does not exist"),
        (("index", "news.jsonl", "--engine", "lucene", "--rebuild"), 1, "Choose one of"),
        (("nonsense",), 2, "No such command"),
        (("serve", "--host", "256.1.1.1"), 1, "Cannot listen on"),
        (("serve", "--url", "archiv.example.org"), 2, "must begin with https:// or http://"),
        (("index", "news.jsonl", "--index", "news.jsonl"), 1, "index in news.jsonl cannot be written (File exists)"),
        (("index", "news.jsonl", "--index", "/proc/nachlese"), 1, "The index in /proc/nachlese cannot be written ("),
    ],
)  # fmt: skip
def test_errors_have_their_exit_code_and_a_remedy(
    filled: Shell, arguments: tuple[str, ...], code: int, message: str
) -> None:
    """A wrong call ends with the documented code and a sentence that says what to do, never a traceback."""
    result = filled.run(*arguments)
    assert (result.code, message in result.err) == (code, True), result.err
    assert "Traceback" not in result.err
    assert result.out == "" or arguments == ("index", "nowhere")


@pytest.mark.parametrize(
    "command",
    [(), ("index",), ("search",), ("entities",), ("serve",), ("status",), ("completion",), ("check",), ("delete",)],
)
def test_help_teaches(shell: Shell, command: tuple[str, ...]) -> None:
    """Every command explains itself, with its options."""
    result = shell.run(*command, "--help")
    assert result.code == 0
    assert result.out.startswith("Usage: nachlese")
    assert "--help" in result.out


@pytest.mark.parametrize("shell_name", ["bash", "zsh", "fish"])
def test_completion_prints_a_script(shell: Shell, shell_name: str) -> None:
    """The completion script is for the command as it is installed."""
    result = shell.run("completion", shell_name)
    assert result.code == 0
    assert "_NACHLESE_COMPLETE" in result.out


def test_the_shell_speaks_english(filled: Shell) -> None:
    """What the reader should know of a query is told in the language of all that commands say; programs get both."""
    done = filled.run("search", "(Mauer datum:gestern")
    assert "“gestern” is not a date" in done.err
    assert "übergangen" not in done.err
    notices = filled.run("search", "datum:gestern", "--json").json["query"]["notices"]
    assert ("date", True) in [(notice["code"], "kein Datum" in notice["message"]) for notice in notices]
