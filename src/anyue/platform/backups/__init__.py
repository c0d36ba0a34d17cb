"""Backup, restore and verify: one archive of database, files and keys that either database can be made from."""
