"""Questions as data: what is asked, what is true and why, and where in the course it can be seen."""
