"""Allocation: where a side puts its force."""

from westphalia.laws.allocation.delayed_mirror import DelayedMirror

LAWS = {law.key: law for law in (DelayedMirror,)}
