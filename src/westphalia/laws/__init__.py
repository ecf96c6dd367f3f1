"""Laws: one equation's code each, pure functions of arrays.

A *law* is one equation; the *model* is the week that couples the laws; a *scenario* is data. A family is a folder: the
interface in ``base.py``, one file a law, and ``LAWS`` in ``__init__.py``.
"""

from __future__ import annotations

from importlib import import_module

WAR = (
    "aid",
    "materiel",
    "manpower",
    "allocation",
    "supply",
    "power",
    "attrition",
    "advance",
    "counter",
    "occupation",
    "cohesion",
    "consent",
    "survival",
)
"""The families of the war in the order of the week."""

TALKS = ("messages", "beliefs", "commitment", "bargaining", "fate", "overtures", "durability")
"""The families of the talks; a scenario that leaves one out gets its first law."""

ORDER = WAR + TALKS
"""All families."""


def laws_of(family: str) -> dict[str, type]:
    """The laws of a family by key."""
    return import_module(f"westphalia.laws.{family}").LAWS
