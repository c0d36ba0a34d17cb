"""Home pages by role, the quick desk, search, the wall display."""
