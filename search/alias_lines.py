"""Which lines of aliases.toml say this of a name? To be copied from a page or a list of what is doubtful."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from search.article import EntityName
from search.german.folding import spelling_key
from search.german.function_words import stands_in_sentences


def name_lines(name: EntityName, variants: Sequence[str] = (), apart: Sequence[str] = ()) -> str:
    """That a name is one, of this type, also written as `variants`, and not meant by those kept `apart`."""
    lines = ["[[name]]", f"name = {_quoted(name.name)}", f"type = {_quoted(name.type)}"]
    lines += [f"variants = [{', '.join(map(_quoted, variants))}]"] if variants else []
    lines += [f"not = [{', '.join(map(_quoted, apart))}]"] if apart else []
    return "\n".join(lines)


def no_name_lines(name: EntityName) -> str:
    """That a name is none of its type."""
    return f"[no_name]\n{name.type} = [{_quoted(name.name)}]"


def either_lines(ways: Mapping[str, str]) -> str:
    """Ways to settle a doubt by the cases that they are for, in comments: whoever pastes a list has decided nothing."""
    return "\n".join(f"# {line}" for case, lines in ways.items() for line in (f"{case}:", *lines.split("\n")))


def may_be_variant(text: str) -> bool:
    """Whether a spelling can stand for another name: none that begins sentences can, as *Will* does."""
    return not stands_in_sentences(text)


def are_spelt_alike(name: str, other: str) -> bool:
    """Whether two names differ in capitals, umlauts and hyphens at most, so that none can be kept apart."""
    return spelling_key(name) == spelling_key(other)


def _quoted(text: str) -> str:
    """A text as a basic string of TOML, which escapes as JSON does but for one sign."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
