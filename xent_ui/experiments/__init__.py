"""What lessons compute that takes longer than a picture: training runs and language models, kept for all learners."""
