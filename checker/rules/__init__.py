"""From answers to a verdict: conditions, evaluation, counterfactuals, questions, clashes, audit."""
