"""The course around the lessons: its table, its menu, and the frame of a page."""
