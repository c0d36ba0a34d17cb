"""REST at /api/v1: collects the routers of the modules. No rules; everything an endpoint is made of stands in platform.rest."""
