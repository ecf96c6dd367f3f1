"""Manpower: where people come from and go to."""

from westphalia.laws.manpower.erlang_cohorts import ErlangCohorts

LAWS = {law.key: law for law in (ErlangCohorts,)}
