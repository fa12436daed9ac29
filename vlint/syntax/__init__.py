"""The text of a Python module: decoded, cut into top-level statements, parsed on demand."""
