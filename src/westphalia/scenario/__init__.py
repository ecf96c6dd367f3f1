"""Scenarios: a war as data. Reading, checking and the library; nothing here simulates."""
