"""Imports: which module a name leads to, who imports a module, and how an import has to be written."""
