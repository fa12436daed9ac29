"""What the server can do, one file a feature; each has a `register(server)`."""
