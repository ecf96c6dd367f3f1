"""Fate: what a leadership itself stands to lose, and what the dead add to what is asked."""

from westphalia.laws.fate.blood_price import BloodPrice
from westphalia.laws.fate.culpable_leader import CulpableLeader

LAWS = {law.key: law for law in (CulpableLeader, BloodPrice)}
