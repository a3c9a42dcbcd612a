"""Exercises around the pictures: tasks, cards with misconceptions, texts to paste, and progress."""
