"""Survival: how long a leadership lasts."""

from westphalia.laws.survival.outcome_hazard import OutcomeHazard

LAWS = {law.key: law for law in (OutcomeHazard,)}
