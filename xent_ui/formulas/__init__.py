"""Formulas with this moment's numbers in them: numbers in, LaTeX out. One file a lesson."""
