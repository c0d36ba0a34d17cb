"""``python -m anyue.surfaces.cli``, where the program itself is not on the path."""

import sys

from . import main

sys.exit(main())
