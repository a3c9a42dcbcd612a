"""The questions with which a learner checks each lesson; one file per lesson."""
