"""Where the frozen program begins: exactly where the installed one does."""

import sys

from desktop_app.__main__ import main

sys.exit(main())
