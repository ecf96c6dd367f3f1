"""The only bibliography: ``refs.bib``, and which of its entries a law rests on.

A law names its literature in brackets, ``[Mueller1973]``, in the docstrings of its class and of its file, and as the
``source`` of its numbers.
"""

from __future__ import annotations

import dataclasses
import functools
import re
import sys
from collections.abc import Iterable
from importlib import resources

NO_KEY = "assumption"
"""What stands for a source where a number has none."""

CITED = re.compile(r"\[([A-Z][A-Za-z]+[0-9]{4}[a-z]?)\]")
ENTRY = re.compile(r"^@\w+\{([^,\s]+),\n.*?^\}$", re.MULTILINE | re.DOTALL)


@functools.cache
def _entries() -> dict[str, str]:
    text = resources.files("westphalia").joinpath("refs.bib").read_text(encoding="utf-8")
    return {found[1]: found[0] for found in ENTRY.finditer(text)}


def keys() -> list[str]:
    """Every key of the bibliography, in its order."""
    return list(_entries())


def entry(key: str) -> str:
    """The BibTeX entry of a key.

    Raises:
        KeyError: If the bibliography has no such key.
    """
    if key not in _entries():
        raise KeyError(f"{key} stands in no entry of refs.bib")
    return _entries()[key]


def citations(laws: Iterable[type]) -> list[str]:
    """The keys that these law classes name in their docstrings and as sources of their numbers, sorted, each once."""
    return sorted({key for law in laws for key in (*_in_words(law), *_of_numbers(law))})


def bibtex(keys: Iterable[str]) -> str:
    """The entries of these keys as one BibTeX text, each once, in the order given.

    Raises:
        KeyError: If the bibliography lacks one of them.
    """
    return "\n".join(f"{entry(key)}\n" for key in dict.fromkeys(keys))


def _in_words(law: type) -> list[str]:
    return CITED.findall(f"{sys.modules[law.__module__].__doc__}\n{law.__doc__}")


def _of_numbers(law: type) -> list[str]:
    declared = [field.metadata["parameter"] for field in dataclasses.fields(law) if "parameter" in field.metadata]
    return [number.source for number in declared if number.source != NO_KEY]
