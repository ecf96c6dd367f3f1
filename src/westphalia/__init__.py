"""Westphalia: a laboratory for war termination."""

from importlib.metadata import version

from westphalia.cores import ask

__version__ = version("westphalia")

ask()
