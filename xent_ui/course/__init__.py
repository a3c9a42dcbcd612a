"""The course around the lessons: the table of lessons, the menu, and the frame of each page."""
