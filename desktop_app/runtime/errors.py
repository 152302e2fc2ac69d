"""The one family of expected failures, each with a sentence for the person at the desk."""

from __future__ import annotations


class DeskError(Exception):
    """Something a person can understand and mend.

    The message is one translated sentence that says what is wrong, where, and what to do.
    Nothing on disk has changed when it is raised. The command line prints it and exits 2.
    """

    @property
    def sentence(self) -> str:
        """The message as shown."""
        return str(self)
