"""Notices (通知): uploaded, compiled, reviewed item by item beside the original, issued."""
