"""Readers of other people's files of term sheets and decisions."""
