"""Campaigns (活动): tasks, duties, receipts, liaison officers, the cascade downwards, chasing."""
