"""The pages that ask: rounds of facts, flash cards, the interview, and the questions themselves as data."""
