"""Figures of a brief: the facts of a study in; charts with title, description and table out."""
