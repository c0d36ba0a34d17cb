"""People, their posts, sign-in, and what they may do: grants of roles at units for a time."""
