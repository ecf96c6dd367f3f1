"""Westphalia: a laboratory for war termination."""

from importlib.metadata import version

from westphalia.cores import use_all_cores

__version__ = version("westphalia")

use_all_cores()
