"""Reads of the desk, limited to what the actor may see."""
