"""Fate: what a leadership itself stands to lose."""

from westphalia.laws.fate.culpable_leader import CulpableLeader

LAWS = {law.key: law for law in (CulpableLeader,)}
