"""Pure Python that every layer may use: no Django, no domain words."""
