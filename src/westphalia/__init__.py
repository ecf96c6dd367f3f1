"""Westphalia: a laboratory for war termination."""

from importlib.metadata import version

__version__ = version("westphalia")
