"""What lessons share: frame, controls, live pictures, figures, formulas, checks."""
