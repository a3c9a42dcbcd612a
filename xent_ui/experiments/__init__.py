"""Computations that take longer than a picture, such as training runs and language models, shared by all learners."""
