"""One version of a question or row: when, what, how it differs from the present, and the way back to it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_app.formdef.labels import Labels
from desktop_app.report.changes import OperationKind
from desktop_app.report.paths import CONFIDENTIAL, STATE, PlaceKind, read_path
from desktop_app.report.values import Plain
from desktop_app.runtime.i18n import _, ngettext
from desktop_app.services.content_words import content_words
from desktop_app.services.entry_session import EntrySession
from desktop_app.services.history import Version
from desktop_app.services.operation_words import kind_words
from desktop_app.services.place_history import PlaceHistory, PlaceVersion, differences_to
from desktop_app.services.word_differences import word_differences
from desktop_app.ui import tokens
from desktop_app.ui.history.compared_view import format_line
from desktop_app.ui.marked_words import MarkedWords
from desktop_app.ui.moment_words import span_words, time_words, who_words
from desktop_app.ui.parts import Button, ButtonKind, Card, Tone, Words, in_row
from desktop_app.ui.values_in_words import LOCAL_FORMATS


class SittingLine(Words):
    """The line above the versions of one sitting, such as "Today 14:03–14:20, Ana: 3 versions"."""

    def __init__(self, sitting: Sequence[PlaceVersion]) -> None:
        """For versions of one sitting, newest first."""
        newest, oldest = sitting[0].moment, sitting[-1].moment
        words = ngettext("{span}, {who}: {count} version", "{span}, {who}: {count} versions", len(sitting))
        span = span_words(oldest.at, newest.at)
        super().__init__(
            words.format(span=span, who=who_words(newest.who), count=len(sitting)),
            font=tokens.small_font(),
            tone=Tone.QUIET,
        )


class VersionCard(Card):
    """What stood at a place after one operation."""

    brought_back = Signal(str)

    def __init__(
        self,
        session: EntrySession,
        labels: Labels,
        path: str,
        history: PlaceHistory,
        version: PlaceVersion,
    ) -> None:
        """The ``version`` in the ``history`` of the place at ``path``."""
        super().__init__(margin=tokens.GAP)
        self._session, self._labels, self._path = session, labels, path
        self._history, self._version = history, version
        self.column.setSpacing(tokens.HALF)
        self._away = differences_to(session.report, history, version.moment)
        self._add_head()
        self._add_purged([changed for changed, content in version.contents.items() if content.is_purged])
        for changed, content in version.contents.items():
            if not content.is_purged and (content.value is None or not _is_row(changed)):
                self._add_content(changed, content)
        self._add_way_back()

    def _add_content(self, changed: str, content: Version) -> None:
        self._add_names([changed])
        self.column.addWidget(self._marked(changed, content.value))
        if self._has_other_format(changed, content.value):
            self.column.addWidget(format_line())

    def _add_names(self, paths: Sequence[str]) -> None:
        names = ", ".join(filter(None, map(self._name, paths)))
        if names:
            self.column.addWidget(Words(names, font=tokens.small_font(), tone=Tone.QUIET))

    def _add_head(self) -> None:
        moment = self._version.moment
        time = Words(time_words(moment.at), font=tokens.strong_font(), wrap=False)
        what = "" if moment.kind is OperationKind.EDIT else kind_words(moment.kind, 1, moment.note)
        kind = Words(what, font=tokens.small_font(), tone=Tone.QUIET)
        line = in_row(time, kind)
        line.setStretch(1, 1)
        self.column.addLayout(line)

    def _name(self, changed: str) -> str:
        """Which part of the place it is, if it is not the place itself."""
        place, whole = read_path(changed), read_path(self._path)
        parts = []
        if place.field is not None and place.field != whole.field:
            entry = self._session.report.lists[place.head].definition
            parts.append(self._labels.field_label(entry.row.field(place.field), entry))
        if place.kind is PlaceKind.ATTACHED:
            parts.append(_("Attached file"))
        if place.facet == STATE:
            parts.append(_("Why it is empty"))
        elif place.facet == CONFIDENTIAL:
            parts.append(_("Mark “confidential”"))
        return ", ".join(parts)

    def _marked(self, changed: str, plain: Plain) -> QWidget:
        was = self._words(changed, plain)
        now = self._words(changed, self._session.report.plain(changed))
        if not was:
            return Words(self._gone_words(changed), tone=Tone.QUIET)
        return MarkedWords(word_differences(now, was))

    def _gone_words(self, changed: str) -> str:
        if read_path(changed).kind is PlaceKind.ATTACHED:
            before = self._history.content_before(changed, self._version.moment)
            # Which file it was, is what one wants to know of it.
            return (
                _("{file} was taken off").format(file=self._words(changed, before))
                if before
                else _("Taken off")
            )
        return _("In the bin") if _is_row(changed) else _("Empty")

    def _has_other_format(self, changed: str, plain: Plain) -> bool:
        present = self._session.report.plain(changed)
        return plain != present and self._words(changed, plain) == self._words(changed, present) != ""

    def _words(self, changed: str, plain: Plain) -> str:
        return content_words(self._session.report, changed, plain, self._labels, LOCAL_FORMATS)

    def _add_purged(self, paths: Sequence[str]) -> None:
        """Once for all that went together; with the names of the parts only where other parts stayed."""
        moment, contents = self._version.moment, self._version.contents
        reasons: dict[str, list[str]] = {}
        for path in paths:
            reasons.setdefault(self._history.purge_reason(path, moment), []).append(path)
        for reason, gone in reasons.items():
            if len(gone) < len(contents):
                self._add_names(gone)
            if moment.kind is not OperationKind.PURGE or reason != moment.note:
                words = _("Removed for good: {reason}").format(reason=reason)
                self.column.addWidget(Words(words, tone=Tone.WARNING))

    def _add_way_back(self) -> None:
        if any(content.is_purged for content in self._version.contents.values()):
            return
        if self._version is self._history.versions[0] and not self._away:
            self.column.addWidget(
                Words(_("This is what stands there now."), font=tokens.small_font(), tone=Tone.SUCCESS)
            )
        elif self._away and not self._session.is_closed:
            back = Button(_("Bring this back"), "undo", ButtonKind.QUIET)
            moment = self._version.moment
            back.setAccessibleName(_("Bring this back: {time}").format(time=time_words(moment.at)))
            back.clicked.connect(self._on_back)
            self.column.addLayout(in_row(back, None))

    def _on_back(self) -> None:
        answers = [difference for difference in self._away if difference.path == self._path]
        if len(answers) == len(self._away) == 1:
            self._session.revert_value(self._path, answers[0].before)
        else:
            self._session.revert(self._away)
        self.brought_back.emit(self._path)


def _is_row(path: str) -> bool:
    place = read_path(path)
    return place.kind is PlaceKind.ROW
