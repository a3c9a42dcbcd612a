"""A learner's own predictions: a CSV that is read, checked and scored, and never leaves the session."""
