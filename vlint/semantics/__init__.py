"""What names and expressions of a module can be: an abstract evaluator that runs none of them."""
