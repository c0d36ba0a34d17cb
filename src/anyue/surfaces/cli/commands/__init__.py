"""One file is one command or one group of commands: a typer ``app``. They are listed in ``anyue.surfaces.cli.app``."""
