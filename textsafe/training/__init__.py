"""From annotated corpora to scores: reading gold, charging predictions to it, counting errors."""
