"""Overtures: offers made in public, what they are believed to mean and what they do."""

from westphalia.laws.overtures.bayesian_credibility import BayesianCredibility

LAWS = {law.key: law for law in (BayesianCredibility,)}
