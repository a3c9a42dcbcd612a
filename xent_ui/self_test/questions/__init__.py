"""Questions, as data: what is asked, what is true, why, and where in the course it can be seen."""
