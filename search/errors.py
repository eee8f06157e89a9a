"""Everything that can go wrong, as one tree; each message names the remedy.

NachleseError
├── BadRequest            a parameter of a request cannot be used (HTTP 400)
├── ArticleNotFound       no article has this id (HTTP 404)
├── ArchivesAbsent        those of several archives that an answer needs cannot be asked (HTTP 503)
├── TooExpensive          an answer takes longer than it may (HTTP 503)
│   ├── TooLate           it does so as it has to wait for others
│   └── TooManyClauses    a query has more terms than a cluster takes
├── IndexMissing          there is no index at this place yet
├── IndexIncompatible     the index was written by other code or another engine
│   └── IndexDamaged      a file of the index is not as it was written, or its engine fails
├── IndexUnreadable       this user may not read the files of the index
├── IndexUnwritable       the files of the index cannot be written: no room, or no right
├── NotCopied             an archive is not, or not wholly, copied to another place
├── ClusterUnavailable    the cluster of an archive does not answer, or not as a whole (HTTP 503)
├── NotForgotten          articles are deleted, but their texts are not off the disks yet
├── NotShared             an index in a directory is rebuilt by one process
├── RebuildBegun          several build an archive anew already
├── RebuildMissing        nobody has begun to build an archive anew
├── IndexLocked           another process is writing to the index
├── OutOfResources        the system has no memory or no open files left
├── EngineUnavailable     the library behind an engine is not installed
├── EvaluationUnavailable the library that computes measures is not installed
├── SettingUnusable       a setting of the server has a value that cannot be used
├── QuestionsUnreadable   a file of judged questions cannot be used
├── RecordUnreadable      a file is no record of a search
└── indexer.errors.DocumentError   a document cannot become an article
"""

from __future__ import annotations

from collections.abc import Iterable


class NachleseError(Exception):
    """Base of all errors that Nachlese raises on purpose; `exit_code` is what the command returns."""

    exit_code = 1


class BadRequest(NachleseError):
    """A request parameter cannot be used; odd query text is never a reason for this."""

    exit_code = 2

    def __init__(self, parameter: str, message: str) -> None:
        super().__init__(message)
        self.parameter = parameter


class ArticleNotFound(NachleseError):
    """No article has this id."""

    def __init__(self, id: str) -> None:
        super().__init__(f"No article has the id {id!r}. Search for it by its words instead.")
        self.id = id


class ArchivesAbsent(NachleseError):
    """Of several archives these cannot be asked just now, and without them the answer would be wrong."""

    def __init__(self, names: Iterable[str]) -> None:
        super().__init__(f"These archives cannot be asked just now: {', '.join(names)}. Ask again in a few seconds.")


class TooExpensive(NachleseError):
    """An answer takes longer than the deadline allows, or more `work`; `doing` is what took the time."""

    def __init__(self, doing: str, seconds: float, work: bool = False) -> None:
        super().__init__(
            f"The answer took longer than {seconds:g} s{' of a processor' if work else ''} and was stopped while "
            f"{doing}. Ask for less: more letters beside * and ?, fewer words, no words of one letter, or fewer hits "
            "at once."
        )
        self.doing = doing


class TooLate(TooExpensive):
    """An answer is not there in time, though it takes little work (exit code 75: try again later)."""

    exit_code = 75

    def __init__(self, doing: str, seconds: float) -> None:
        NachleseError.__init__(
            self,
            f"The server is busy: the answer was not there within {seconds:g} s and was stopped while {doing}, most of "
            "which it waited. Ask again in a few seconds.",
        )
        self.doing = doing


class TooManyClauses(TooExpensive):
    """A query has more terms than the cluster of an archive takes at once."""

    def __init__(self, address: str) -> None:
        NachleseError.__init__(
            self,
            f"The query has more terms than the cluster of {address} takes at once. Ask for fewer words, or raise "
            "indices.query.bool.max_clause_count in the settings of the cluster.",
        )
        self.doing = "searching"


class IndexMissing(NachleseError):
    """There is no index at this place yet."""

    exit_code = 4


class IndexIncompatible(NachleseError):
    """The index was written by other code, another analysis or another engine."""

    exit_code = 4


class IndexDamaged(IndexIncompatible):
    """A file of the index is not as it was written, or its engine fails for another reason."""


class IndexUnreadable(NachleseError):
    """This user may not read the files of the index; nothing is wrong with them."""

    exit_code = 4


class IndexUnwritable(NachleseError):
    """The files of the index cannot be written; what was committed is kept."""


class OutOfResources(NachleseError):
    """The system has no memory or no open files left; the index is as it was."""


class NotCopied(NachleseError):
    """An archive cannot be copied to this place, or what is there now is not what was to be copied."""


class ClusterUnavailable(NachleseError):
    """The cluster of an archive does not answer, or not with all of its parts (exit code 75: try again later)."""

    exit_code = 75


class NotForgotten(NachleseError):
    """Articles are deleted, but their texts are still on a disk; `reason` says why, and what to do about it."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            "The articles are deleted, but their texts may still be on a disk. When this is mended, run "
            f"`nachlese delete --forget` without IDs: {reason}"
        )


class NotShared(NachleseError):
    """Only an archive in a cluster is built anew by several."""

    exit_code = 2

    def __init__(self, address: str) -> None:
        super().__init__(
            f"{address} is a directory, which one process rebuilds: nachlese index SOURCE --rebuild --index {address}"
        )


class RebuildBegun(NachleseError):
    """Several build an archive anew already."""

    def __init__(self, address: str) -> None:
        super().__init__(
            f"A rebuild of {address} is begun already. Index into it with --rebuild, end it with --rebuild --switch, "
            "or give it up with --rebuild --give-up."
        )


class RebuildMissing(NachleseError):
    """Nobody has begun to build an archive anew."""

    def __init__(self, address: str) -> None:
        super().__init__(f"No rebuild of {address} is begun. Begin one with: --rebuild --begin")


class IndexLocked(NachleseError):
    """Another process is writing to the index (exit code 75: try again later)."""

    exit_code = 75


class WorkersDied(NachleseError):
    """The processes that prepare articles die, whatever they are given."""

    def __init__(self, deaths: int) -> None:
        super().__init__(
            f"Processes that prepare articles have died {deaths} times, most likely killed by the system for want of "
            "memory. What was committed is kept. Run again with --jobs 1, or with more memory"
        )


class EngineUnavailable(NachleseError):
    """The engine is unknown or the library behind it is not installed."""


class EvaluationUnavailable(NachleseError):
    """The library that computes the measures is not installed."""

    def __init__(self) -> None:
        super().__init__("Measuring needs ir-measures. Install it with: pip install ir-measures (the extra `evaluate`)")


class SettingUnusable(NachleseError):
    """A setting has a value that cannot be used; the message names its variable and what is expected."""

    exit_code = 2

    def __init__(self, variable: str, expected: str) -> None:
        super().__init__(f"{variable} {expected}")
        self.variable = variable


class QuestionsUnreadable(NachleseError):
    """A file of judged questions cannot be used."""

    exit_code = 2


class RecordUnreadable(NachleseError):
    """A file is no record of a search."""

    exit_code = 2
