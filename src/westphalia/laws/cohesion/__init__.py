"""Cohesion: whether soldiers expect each other to stand."""

from westphalia.laws.cohesion.brock_durlauf import BrockDurlauf

LAWS = {law.key: law for law in (BrockDurlauf,)}
