"""What a text states: tokens, phrases, numbers, statements. Knows no rules."""
