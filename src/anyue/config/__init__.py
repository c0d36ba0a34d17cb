"""Settings, addresses and the table of roles: imports everything, is imported by nothing."""
