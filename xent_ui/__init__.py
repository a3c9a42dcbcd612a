"""The interface of the course: everything between `xent_core` and the pages."""
