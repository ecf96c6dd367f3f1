"""Speed, measured as ratios in one run against other ways to write the same model."""
