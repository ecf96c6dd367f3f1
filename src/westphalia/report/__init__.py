"""Reports: labelled data in; charts, tables, sentences and pages out. Nothing here simulates or judges."""
