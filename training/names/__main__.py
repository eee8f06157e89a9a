"""Writes the lists of names; see training.names."""

from __future__ import annotations

import argparse
from pathlib import Path

from training.names.firms import firm_names
from training.names.lists import country_names, first_names

FOLDER = Path(__file__).resolve().parents[2] / "indexer/resolution/data"
_FAKER = "First names from the lists of Faker (https://github.com/joke2k/faker), MIT licence; see README.md."
_FIRMS = "Firms of pytickersymbols (https://github.com/portfolioplus/pytickersymbols), MIT licence; see README.md."
_CLDR = "Names of countries and continents of the Unicode CLDR, by way of Babel, Unicode License v3; see README.md."


def main(data: Path) -> None:
    for name, head, names in (
        ("first_names.txt", _FAKER, first_names()),
        ("countries.txt", _CLDR, country_names()),
        ("stock_firms.txt", _FIRMS, firm_names(data)),
    ):
        lines = (f"# {head}", "# Made by: python -m training.names DATA", *sorted(names))
        (FOLDER / name).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Packs the lists of names that resolution asks.")
    parser.add_argument("data", type=Path)
    main(parser.parse_args().data)
