"""The colors of the course, and how it writes numbers, in every figure, formula and sentence."""
