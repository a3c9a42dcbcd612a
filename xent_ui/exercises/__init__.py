"""What turns looking into learning: tasks, cards with what people say, and what of it is done."""
