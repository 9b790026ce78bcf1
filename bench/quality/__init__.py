"""What drafts are worth, by code alone: the recorded replies on the project's own path."""
