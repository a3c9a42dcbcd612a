"""Functions from numbers to LaTeX formulas that contain them, one file per lesson."""
