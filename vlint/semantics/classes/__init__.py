"""Classes: their hierarchies, what makers and decorators add, and class statements that Python refuses."""
