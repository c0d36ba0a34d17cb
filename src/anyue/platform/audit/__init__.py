"""The audit trail: rows written with the change, chained by SM3 afterwards, never changed."""
