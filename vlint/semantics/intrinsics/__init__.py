"""What functions outside the project do: a registry, and a module for each family of them."""
