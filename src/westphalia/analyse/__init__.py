"""Analysis of simulated wars: what a result rests on, and whether the model has the signs that the literature expects."""
