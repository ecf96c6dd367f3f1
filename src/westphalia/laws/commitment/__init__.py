"""Commitment: whether a promise made today is worth keeping tomorrow."""

from westphalia.laws.commitment.power_shift import PowerShift

LAWS = {law.key: law for law in (PowerShift,)}
