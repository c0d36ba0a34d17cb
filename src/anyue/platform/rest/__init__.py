"""What every endpoint of the REST doors is made of: who may (``access``), problems, pages by cursor (``paging``), answers kept by
key, limits.

A module's ``api.py`` has a ``Router`` and uses nothing else of the doors; ``surfaces.api`` collects the routers.
"""
