"""Statistics of runs, on plain arrays: rules, indices, values and games; nothing here knows the simulator."""
