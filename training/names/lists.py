"""First names and countries in the lists of other packages."""

from __future__ import annotations

from importlib import import_module

from babel import Locale

# Of the languages that German news quotes.
_LOCALES = (
    "de_DE de_AT de_CH en_US en_GB fr_FR it_IT es_ES pt_PT nl_NL pl_PL cs_CZ sk_SK hu_HU ro_RO hr_HR sl_SI tr_TR "
    "sv_SE no_NO da_DK fi_FI".split()
)
_LISTS = ("first_names", "first_names_male", "first_names_female")
# Codes that CLDR keeps for technical reasons or for groups of states.
_CONTINENTS = ("002", "003", "005", "009", "013", "019", "142", "150", "419")
_NO_COUNTRIES = frozenset(("EU", "EZ", "UN", "QO", "XA", "XB", "ZZ", "EA", "HM", "UM"))


def first_names() -> set[str]:
    """The first names of more than one letter in Faker's lists."""
    found: set[str] = set()
    for locale in _LOCALES:
        provider = import_module(f"faker.providers.person.{locale}").Provider
        for attribute in _LISTS:
            found.update(name for name in getattr(provider, attribute, ()) if isinstance(name, str))
    return {name for name in found if len(name) > 1}


def country_names() -> set[str]:
    """Countries and continents as the CLDR writes them in German."""
    territories = Locale("de").territories
    known = {name for code, name in territories.items() if len(code) == 2 and code not in _NO_COUNTRIES}
    return known | {territories[code] for code in _CONTINENTS}
