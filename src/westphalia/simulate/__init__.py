"""Simulation: arrays over runs, weeks in a compiled loop, studies on disk."""
