"""Where the pieces of a page come from in its essay, found by code."""
