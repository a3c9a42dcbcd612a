"""The pages that quiz the learner: rounds of facts, flash cards, the interview, and their questions as data."""
