"""Files: checked by content, stored once, shown without what they should not tell."""
