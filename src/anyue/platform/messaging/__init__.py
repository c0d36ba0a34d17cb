"""Messages: one outbox, several channels, office hours, digests, and the text ready to paste."""
