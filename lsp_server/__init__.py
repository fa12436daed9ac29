"""The language server: protocol in, the linter, protocol out. No check lives here."""
