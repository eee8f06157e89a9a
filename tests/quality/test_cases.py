"""Small cases from public bug reports stay right, kind by kind, where they lie beside the checkout."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from bench.cases import judge, read_cases, table

CASES = Path(__file__).parents[3] / "shared" / "cases" / "queries.jsonl"
# Shares of right cases that were reached.
REACHED: dict[str, float] = {}
IN_ALL = 0.66

if CASES.exists():

    @pytest.mark.parametrize("engine", ["tantivy", "whoosh"])
    def test_cases_stay_right(engine: str, tmp_path: Path) -> None:
        """As many cases are right as ever, in all and of each kind."""
        verdicts = list(judge(read_cases(CASES), engine, tmp_path))
        right = Counter(verdict.case.kind for verdict in verdicts if verdict.right)
        number = Counter(verdict.case.kind for verdict in verdicts)
        worse = {kind for kind, least in REACHED.items() if right[kind] < least * number[kind]}
        assert right.total() >= IN_ALL * number.total(), table(verdicts)
        assert not worse, table(verdicts)

else:

    def test_the_cases_are_not_here() -> None:
        """Without the cases beside the checkout there is nothing to judge."""
        assert not CASES.exists()
