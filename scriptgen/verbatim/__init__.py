"""The essay's spoken lines put right, word for word."""
