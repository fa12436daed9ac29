"""The abstract evaluator: what a name or an expression can be, and what running a statement does."""
