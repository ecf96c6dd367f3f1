"""Advance: how lines move, stand and are given up."""

from westphalia.laws.advance.epstein_type import EpsteinType
from westphalia.laws.advance.fixed_front import FixedFront

LAWS = {law.key: law for law in (EpsteinType, FixedFront)}
