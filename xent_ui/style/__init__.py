"""How colors and numbers are written, in every figure, formula and sentence."""
