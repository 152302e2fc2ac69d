"""A library of the system that the window needs and that is not there: which one, and what to do."""

from __future__ import annotations

import re

from desktop_app.runtime.i18n import _

_LIBRARY = re.compile(r"([\w.+-]+\.so[\w.]*): cannot open shared object file")

_PACKAGES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libOpenGL.so.0": "libopengl0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
}
"""In which package of Debian and Ubuntu a library is that is most often missing."""


def missing_library(reason: str) -> str:
    """A sentence for what the system's loader said; empty when it speaks of no library of the system."""
    found = _LIBRARY.search(reason)
    if found is None:
        return ""
    library = found[1]
    package = _PACKAGES.get(library)
    if package is None:
        return _("The window cannot open: the library “{library}” of the system is missing.").format(
            library=library
        )
    return _(
        "The window cannot open: the library “{library}” of the system is missing. On Debian and Ubuntu it"
        " is in the package {package}."
    ).format(library=library, package=package)
