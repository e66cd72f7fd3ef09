"""From a structured Document and its mentions to task records."""
