"""Drawn wars: a prior over wars between two states, an ensemble of them, and its statistics beside the record."""
