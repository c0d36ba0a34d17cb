"""An invented district, its notice, its units and what they send back. Nothing here exists outside this folder."""
