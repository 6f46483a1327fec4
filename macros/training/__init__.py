"""What the text reader learns, and how well it does."""
