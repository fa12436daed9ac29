"""The rules, one file each: the listing of this folder is the list of checks."""
