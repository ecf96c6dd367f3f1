"""Talks: exact analysis of one term sheet, and what becomes of its words on the way."""

from westphalia.talks.describe import statistics, summary
from westphalia.talks.game import Game
from westphalia.talks.importers.genius import read_folder

__all__ = ["Game", "read_folder", "statistics", "summary"]
