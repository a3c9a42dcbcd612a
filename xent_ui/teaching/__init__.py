"""What a teacher needs to give the lessons in class: guides, plans and worksheets."""
