"""From comment to comment through an open report: each is shown beside the place it is about."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from desktop_app.report.review import Thread, waits
from desktop_app.services.entry_session import EntrySession
from desktop_app.ui.pages.section_page import SectionPage

if TYPE_CHECKING:
    from desktop_app.ui.report_view import ReportView


class CommentWalk:
    """Shows one thread after the other, and words of a comment that are not finished, in ``view``."""

    def __init__(self, session: EntrySession, view: ReportView) -> None:
        """Nothing is shown yet."""
        self._session = session
        self._view = view
        self._visited = ""
        """The thread that was shown last, while the keyboard has not gone elsewhere."""

    def leave(self) -> None:
        """The person has gone elsewhere: the next comment is the one after that place."""
        if self._visited:
            self._visited = ""
            if self._view.beside.comments is not None:
                self._view.beside.comments.mark_thread("")

    def show_next(self, is_wanted: Callable[[Thread], bool] = waits) -> bool:
        """Show the next wanted comment of the report with its place; False when there is none."""
        page, pages = self._view.pages.page, self._view.pages
        section = page.section.code if isinstance(page, SectionPage) else pages.codes[0]
        here = self._view.beside.place or None
        thread = self._session.comments.next_thread(section, here, is_wanted, self._visited)
        if thread is None:
            return False
        self.show(thread)
        return True

    def show(self, thread: Thread) -> None:
        """Show the thread and the place it is about, which is not opened for editing."""
        about = thread.first.about
        self._view.show_commented(about)
        self._view.show_comments(about)
        comments = self._view.beside.comments
        if comments is not None:
            comments.show_thread(thread.id)
        self._visited = thread.id

    def show_draft(self) -> None:
        """Put the cursor to the words of a comment that are longest unfinished, where there are any."""
        view = self._view
        draft = view.beside.drafts.first() if view.beside.drafts is not None else None
        if draft is None:
            return
        place, about = draft
        view.show_commented(about)
        view.show_comments(about)
        if view.beside.comments is not None:
            view.beside.comments.focus_draft(place)
