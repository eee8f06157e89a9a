"""Which words are first names? Those in the lists of the Faker package (MIT), for languages that German news quotes."""

from __future__ import annotations

from functools import cache

from indexer.resolution.lists import listed_names

# German spellings of names from other alphabets, which no list of the package has.
_TRANSLITERATED = frozenset(
    "Wladimir Sergej Dmitri Dmitrij Michail Nikolai Nikolaj Alexej Jewgeni Wiktor Wolodymyr Wassili Julija Swetlana "
    "Mahmud Mohammed Muhammad Ahmed Ali Hassan Hussein Abdullah Ibrahim Jassir Saddam Baschar Muammar Osama Omar "
    "Benjamin Ehud Ariel Schimon Jitzchak".split()
)
# Also ordinary German words, months or particles: as the first word of a pair they prove nothing.
_AMBIGUOUS = frozenset(
    "Alba Alla Angel April Art Asta August Autumn Beat Beste Bishop Bluette Chase Cord Crystal Dean Earl Edit Emir "
    "Ernst Faith Ford German Grace Groß Guy Harm Heide Hope Hunter Joy Judge July June Juni Jung King Klein Lange "
    "Linden Love Mai Major Marine Mark Mars Max-Planck May Mentor Mercedes Miles Per Price Prince Princess Ramadan "
    "Ray Roman Romane Rose Royal Saint Salt San Santa Silvester Sky Sol Star Storm Summer True Urban Van Von West Wolf"
    .split()
)  # fmt: skip


@cache
def first_names() -> frozenset[str]:
    """All first names that are not ordinary words as well."""
    return (listed_names("first_names.txt") | _TRANSLITERATED) - _AMBIGUOUS
