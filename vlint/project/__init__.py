"""The project as the platform sees it: its files, functions, routes, manifests and configuration."""
