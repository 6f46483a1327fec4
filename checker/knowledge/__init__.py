"""What the checker knows: the model, how it is loaded, answers, and references to facts."""
