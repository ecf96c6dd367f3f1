"""Combat power: what a force on a front is worth."""

from westphalia.laws.power.dupuy_type import DupuyType

LAWS = {law.key: law for law in (DupuyType,)}
