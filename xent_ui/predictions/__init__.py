"""A learner's own predictions: a CSV file is read, checked and scored, and kept in the session only."""
