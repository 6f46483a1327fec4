"""Practice items made at build time: questions from scenarios and rules, cards from facts."""
