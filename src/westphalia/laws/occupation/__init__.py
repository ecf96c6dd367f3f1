"""Occupation: holding land whose people resist."""

from westphalia.laws.occupation.contested_control import ContestedControl

LAWS = {law.key: law for law in (ContestedControl,)}
