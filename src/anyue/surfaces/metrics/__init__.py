"""Figures for monitoring: ``GET /metrics`` in Prometheus text, off unless the operator switches it on."""
