"""What a project declares about its Python and its dependencies: one module a kind of manifest, and what follows."""
