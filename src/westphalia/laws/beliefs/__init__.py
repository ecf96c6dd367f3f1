"""Beliefs: what each side thinks of the course of the war, and how it learns."""

from westphalia.laws.beliefs.gaussian_learning import GaussianLearning

LAWS = {law.key: law for law in (GaussianLearning,)}
