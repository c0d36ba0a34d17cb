"""Jobs: what takes longer than a request, with progress, retries and schedules."""
