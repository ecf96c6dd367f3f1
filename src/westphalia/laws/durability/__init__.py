"""Durability: how long an agreement or a bare ceasefire lasts."""

from westphalia.laws.durability.weibull_hazard import WeibullHazard

LAWS = {law.key: law for law in (WeibullHazard,)}
