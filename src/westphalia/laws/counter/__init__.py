"""Counter: overextension, counter-offensives and pockets."""

from westphalia.laws.counter.overextension_gate import OverextensionGate

LAWS = {law.key: law for law in (OverextensionGate,)}
