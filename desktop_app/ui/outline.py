"""The outline: every section with its progress, find, and the way to check and send."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from desktop_app.formdef.labels import Labels
from desktop_app.formdef.model import Section
from desktop_app.report.paths import UNPLACED
from desktop_app.report.places import place_name
from desktop_app.report.progress import Stage, section_progress
from desktop_app.runtime.i18n import _
from desktop_app.services.entry_session import EntrySession
from desktop_app.services.finding import find
from desktop_app.ui import icons, tokens
from desktop_app.ui.follow import follow
from desktop_app.ui.inputs import LineEdit, Well
from desktop_app.ui.parts import Button, ButtonKind, tone_colour
from desktop_app.ui.progress_words import stage_icon, stage_words
from desktop_app.ui.scroll_bars import use_quiet_scroll_bar

CODE = Qt.ItemDataRole.UserRole
STAGE_ICON = Qt.ItemDataRole.UserRole + 1
COUNT = Qt.ItemDataRole.UserRole + 2
_LINE = 40
_FIND_PAUSE = 150


class _SectionDelegate(QStyledItemDelegate):
    """A section's state as a shape, its name, and a word or count at the end of the line."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """A line a tired hand can hit."""
        return QSize(option.rect.width(), max(_LINE, option.fontMetrics.height() + tokens.SPACE))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """The whole line."""
        self.initStyleOption(option, index)
        palette = option.palette
        rtl = option.direction == Qt.LayoutDirection.RightToLeft
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(option.rect).adjusted(tokens.HALF, 1, -tokens.HALF, -1)
        selected = bool(option.state & option.state.State_Selected)
        if selected or option.state & option.state.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tokens.tint(palette, 0.16) if selected else tokens.hover(palette))
            painter.drawRoundedRect(rect, tokens.SMALL_RADIUS, tokens.SMALL_RADIUS)
        if selected:
            bar = QRectF(rect.right() - 3 if rtl else rect.left(), rect.top() + 8, 3, rect.height() - 16)
            painter.setBrush(tokens.accent(palette))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawRoundedRect(bar, 1.5, 1.5)
        icon_name, tone = index.data(STAGE_ICON)
        size = tokens.ICON
        inner = rect.adjusted(tokens.GAP + 2, 0, -tokens.GAP, 0)
        x = inner.right() - size if rtl else inner.left()
        icons.paint(
            painter,
            icon_name,
            QRectF(x, rect.center().y() - size / 2, size, size),
            tone_colour(tone, palette),
        )
        self._words(painter, option, index, inner, selected=selected)
        painter.restore()

    def _words(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
        inner: QRectF,
        *,
        selected: bool,
    ) -> None:
        rtl = option.direction == Qt.LayoutDirection.RightToLeft
        painter.setFont(tokens.small_font())
        count = index.data(COUNT)
        count_width = painter.fontMetrics().horizontalAdvance(count) + tokens.GAP
        start, end = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        if rtl:
            start, end = end, start
        painter.setPen(tokens.quiet(option.palette))
        painter.drawText(inner, int(Qt.AlignmentFlag.AlignVCenter | end), count)
        painter.setFont(tokens.strong_font() if selected else tokens.body_font())
        painter.setPen(tokens.text(option.palette))
        room = inner.width() - tokens.ICON - tokens.GAP - count_width
        left = inner.left() + count_width if rtl else inner.left() + tokens.ICON + tokens.GAP
        words = painter.fontMetrics().elidedText(index.data(), Qt.TextElideMode.ElideRight, int(room))
        painter.drawText(
            QRectF(left, inner.top(), room, inner.height()), int(Qt.AlignmentFlag.AlignVCenter | start), words
        )


class Outline(QWidget):
    """The left side of the window."""

    section_chosen = Signal(str)
    path_chosen = Signal(str)
    send_chosen = Signal()

    def __init__(self, session: EntrySession, labels: Labels) -> None:
        """For the session's report."""
        super().__init__()
        self._session, self._labels = session, labels
        self._items: dict[str, QStandardItem] = {}
        self._only_missing = False
        self._model = QStandardItemModel(self)
        self._tree = self._make_tree()
        for section in session.report.form.sections:
            self._add(section, self._model.invisibleRootItem())
        self._tree.expandAll()
        self._tree.selectionModel().currentChanged.connect(self._on_current_changed)
        self._find = LineEdit()
        self._find.setPlaceholderText(_("Find in the report"))
        self._find.setAccessibleName(_("Find in the report"))
        self._find.setClearButtonEnabled(True)
        self._find.addAction(icons.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self._find_timer = QTimer(self, singleShot=True, interval=_FIND_PAUSE)
        self._find_timer.timeout.connect(self._show_finds)
        self._find.textChanged.connect(self._on_find_typed)
        self._found = QListWidget()
        self._found.setFrameShape(QFrame.Shape.NoFrame)
        use_quiet_scroll_bar(self._found)
        self._found.setWordWrap(True)
        self._found.setAccessibleName(_("Places found"))
        self._found.itemActivated.connect(self._on_find_chosen)
        self._found.itemClicked.connect(self._on_find_chosen)
        self._found.hide()
        self._missing = Button(_("Only what is &missing"), "filter", ButtonKind.QUIET)
        self._missing.setCheckable(True)
        self._missing.toggled.connect(self._on_missing_toggled)
        self._unplaced = Button(_("Unplaced text"), "warning", ButtonKind.QUIET)
        self._unplaced.clicked.connect(self._on_unplaced)
        self._send = Button(_("Chec&k and send"), "send", ButtonKind.PRIMARY)
        self._send.clicked.connect(self.send_chosen)
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.GAP, tokens.SPACE, tokens.GAP, tokens.SPACE)
        column.setSpacing(tokens.GAP)
        column.addWidget(Well(self._find))
        column.addWidget(self._tree, 1)
        column.addWidget(self._found, 1)
        column.addWidget(self._unplaced)
        column.addWidget(self._missing)
        column.addWidget(self._send)
        follow(session, self, self._on_paths_changed)
        self._show_progress(self._items)

    def _make_tree(self) -> QTreeView:
        tree = QTreeView()
        tree.setModel(self._model)
        tree.setHeaderHidden(True)
        tree.setFrameShape(QFrame.Shape.NoFrame)
        use_quiet_scroll_bar(tree)
        tree.setItemDelegate(_SectionDelegate(tree))
        tree.setMouseTracking(True)
        tree.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
        tree.setIndentation(tokens.SPACE)
        tree.setRootIsDecorated(False)
        tree.setUniformRowHeights(True)
        tree.setAccessibleName(_("Sections of the report"))
        tree.viewport().setAutoFillBackground(False)
        tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return tree

    def _add(self, section: Section, parent: QStandardItem) -> None:
        item = QStandardItem(self._labels.section_short(section))
        item.setData(section.code, CODE)
        item.setToolTip(self._labels.section_heading(section))
        parent.appendRow(item)
        self._items[section.code] = item
        for child in section.sections:
            self._add(child, item)

    # Used by the window

    def show_section(self, code: str | None) -> None:
        """Mark the section as the one shown; None for a page that is no section."""
        item = self._items.get(code or "")
        self._send.setEnabled(item is not None)
        if item is not None:
            self._tree.setCurrentIndex(item.index())
        else:
            self._tree.clearSelection()
            self._tree.setCurrentIndex(QModelIndex())

    def focus_sections(self) -> None:
        """Put the keyboard to the sections."""
        self._tree.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_find(self) -> None:
        """Put the keyboard into the find field."""
        self._find.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._find.selectAll()

    # Following

    def _on_paths_changed(self, paths: frozenset[str]) -> None:
        self._show_progress(self._items)

    def _show_progress(self, codes: dict[str, QStandardItem]) -> None:
        report = self._session.report
        self._unplaced.setVisible(bool(report.unplaced))
        for code, item in codes.items():
            section = report.form.section(code)
            assert section is not None
            problems = [p for part in section.walk() for p in self._session.problems.of_section(part.code)]
            progress = section_progress(report, section, problems)
            item.setData(stage_icon(progress), STAGE_ICON)
            item.setData(stage_words(progress), COUNT)
            name = f"{self._labels.section_short(section)}, {stage_words(progress)}"
            item.setData(name, Qt.ItemDataRole.AccessibleTextRole)
            parent = item.parent()
            parent_index = parent.index() if parent is not None else QModelIndex()
            hidden = self._only_missing and progress.stage is Stage.COMPLETE and not problems
            self._tree.setRowHidden(item.row(), parent_index, hidden)

    def _on_unplaced(self) -> None:
        self.path_chosen.emit(UNPLACED)

    def _on_missing_toggled(self, only: bool) -> None:
        self._only_missing = only
        self._show_progress(self._items)

    def _on_current_changed(self, current: QModelIndex, previous: QModelIndex) -> None:
        if current.isValid():
            self.section_chosen.emit(current.data(CODE))

    # Finding

    def _on_find_typed(self, words: str) -> None:
        self._find_timer.start()

    def _show_finds(self) -> None:
        words = self._find.text().strip()
        self._tree.setVisible(not words)
        self._found.setVisible(bool(words))
        self._found.clear()
        if not words:
            return
        for hit in find(self._session.report, words):
            item = QListWidgetItem(f"{place_name(self._session.report, hit.path)}\n{hit.snippet}")
            item.setData(CODE, hit.path)
            self._found.addItem(item)
        if not self._found.count():
            item = QListWidgetItem(_("Nothing found."))
            item.setFlags(Qt.ItemFlag.NoItemFlags)
            self._found.addItem(item)

    def _on_find_chosen(self, item: QListWidgetItem) -> None:
        path = item.data(CODE)
        if path:
            self.path_chosen.emit(path)
