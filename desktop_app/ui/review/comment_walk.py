"""From comment to comment through an open report: each is shown beside the place it is about."""

from __future__ import annotations

from collections.abc import Callable

from desktop_app.report.review import Thread, waits
from desktop_app.services.entry_session import EntrySession
from desktop_app.ui.beside import BesidePanel
from desktop_app.ui.pages.page_stack import PageStack
from desktop_app.ui.pages.section_page import SectionPage


class CommentWalk:
    """Shows one thread after the other, and words of a comment that are not finished."""

    def __init__(
        self, session: EntrySession, pages: PageStack, beside: BesidePanel, show_place: Callable[[str], None]
    ) -> None:
        """Nothing is shown yet. ``show_place`` shows a path and all comments on it."""
        self._session = session
        self._pages, self._beside, self._show_place = pages, beside, show_place
        self._visited = ""
        """The thread that was shown last, while the keyboard has not gone elsewhere."""

    def leave(self) -> None:
        """The person has gone elsewhere: the next comment is the one after that place."""
        if self._visited:
            self._visited = ""
            if self._beside.comments is not None:
                self._beside.comments.mark_thread("")

    def show_next(self, is_wanted: Callable[[Thread], bool] = waits) -> bool:
        """Show the next wanted comment of the report with its place; False when there is none."""
        page = self._pages.page
        section = page.section.code if isinstance(page, SectionPage) else self._pages.codes[0]
        here = self._beside.place or None
        thread = self._session.comments.next_thread(section, here, is_wanted, self._visited)
        if thread is None:
            return False
        self.show(thread)
        return True

    def show(self, thread: Thread) -> None:
        """Show the thread and the place it is about, which is not opened for editing."""
        self._show_place(thread.first.about)
        if self._beside.comments is not None:
            self._beside.comments.show_thread(thread.id)
        self._visited = thread.id

    def show_draft(self) -> None:
        """Put the cursor to the words of a comment that are longest unfinished, where there are any."""
        drafts = self._beside.drafts
        draft = drafts.first() if drafts is not None else None
        if draft is None:
            return
        place, about = draft
        self._show_place(about)
        if self._beside.comments is not None:
            self._beside.comments.focus_draft(place)
