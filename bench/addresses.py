"""What does an answer of the site cost? Processor time of its dearest addresses, or of others.

    python -m bench.addresses DIR [ADDRESS ...] [--rounds N] [--limit]

DIR is an index. Printed are, for each address, the status, the bytes, and the processor seconds of the first answer and
of the median of those after it; queries of the same kind are asked before, so that no lexicon is read meanwhile. With
`--limit` an answer is stopped after the time that a server allows; without, all are finished.
"""

from __future__ import annotations

import argparse
import time
from statistics import median
from urllib.parse import quote

from web import create_app
from web.operation.options import Operation

FUNCTION_WORDS = "der die und in das den von zu".split()
MISSPELT = "Bundeskanzlr Regirung Wirtschft Pandmie Ministr Politker Virs Menschn".split()
PAIRS = [f'"{first} {second}"~50' for first in FUNCTION_WORDS[:5] for second in FUNCTION_WORDS[5:]]
SCATTERED = '"der die das"~50 ODER *a*b* ODER e*n'


def _comparison(first: str, second: str) -> str:
    return f"/vergleich?q={quote(first)}&other_q={quote(second)}"


ADDRESSES = (
    "/suche?q=ein*",
    "/suche.bib?size=1000&q=ein*",
    "/suche.ris?size=1000&q=die",
    "/suche.csv?size=1000&q=ein*",
    "/suche.jsonl?size=1000&q=ein*&sort=newest",
    f"/suche?q={quote(' ODER '.join(PAIRS))}",
    _comparison(" ".join(f"{word}~2" for word in MISSPELT), " ".join(f"{word}~2" for word in MISSPELT[:7])),
    _comparison(" ODER ".join(f"{word}~2" for word in MISSPELT), " ODER ".join(f"{word}~2" for word in FUNCTION_WORDS)),
    _comparison(" ODER ".join(FUNCTION_WORDS), " ODER ".join([*FUNCTION_WORDS, "Frau"])),
    "/konkordanz?q=der",
    f"/konkordanz?order=oldest&q={quote(SCATTERED)}",
    "/konkordanz?order=left&q=die",
    "/konkordanz.csv?order=word&q=ein*",
    "/kollokationen.csv?q=*e*",
)
BEFORE = ("/suche?q=*haus", "/suche.bib?q=Haus&size=3", _comparison("Haus", "Stadt"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("index")
    parser.add_argument("addresses", nargs="*", default=ADDRESSES)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--limit", action="store_true")
    arguments = parser.parse_args()
    operation = Operation.from_settings() if arguments.limit else None
    client = create_app(arguments.index, operation=operation).test_client()
    for address in BEFORE:
        client.get(address)
    print("status     bytes  first  later  address")
    for address in arguments.addresses:
        seconds = []
        for _ in range(max(2, arguments.rounds)):
            begun = time.process_time()
            answer = client.get(address)
            seconds.append(time.process_time() - begun)
        print(f"{answer.status_code:6} {len(answer.data):9} {seconds[0]:6.3f} {median(seconds[1:]):6.3f}  {address}")


if __name__ == "__main__":
    main()
