"""The domain, one Django app each: desk over campaigns over notices over accounts over orgs."""
