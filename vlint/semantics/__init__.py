"""What the code of a function means on the platform, told without running any of it."""
