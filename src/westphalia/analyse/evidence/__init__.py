"""The model held against the record: statements, observed series, calibration, forecasts and their scores."""
