"""Analysis of simulated wars: what results rest on, and whether the model has the signs that are expected of it."""
