"""The one bridge from a scenario to the model: sampling of assumptions and all conversion of units happen here."""

from westphalia.assemble.build import Assembly, assemble

__all__ = ["Assembly", "assemble"]
