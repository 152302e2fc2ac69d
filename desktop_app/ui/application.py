"""The Qt application: its look, its language, and what happens when the system ends it."""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
from collections.abc import Callable
from types import FrameType, TracebackType

from PySide6.QtCore import (
    QEvent,
    QLibraryInfo,
    QLocale,
    QMessageLogContext,
    Qt,
    QTimer,
    QtMsgType,
    QTranslator,
    qInstallMessageHandler,
)
from PySide6.QtGui import QFont, QGuiApplication, QPalette, QSessionManager
from PySide6.QtWidgets import QApplication

from desktop_app import __version__
from desktop_app.runtime import i18n
from desktop_app.runtime.i18n import _
from desktop_app.runtime.policy import policy
from desktop_app.runtime.settings import Settings
from desktop_app.runtime.shipped import resource
from desktop_app.ui import tokens

log = logging.getLogger(__name__)

SMALLEST_POINTS = 10.0

_SCHEMES = {
    "system": Qt.ColorScheme.Unknown,
    "light": Qt.ColorScheme.Light,
    "dark": Qt.ColorScheme.Dark,
}


def set_look(look: str) -> None:
    """Put ``system``, ``light`` or ``dark`` in force; anything else is as the system has it."""
    wanted = _SCHEMES.get(look, Qt.ColorScheme.Unknown)
    hints = QGuiApplication.styleHints()
    hints.setColorScheme(wanted)
    if wanted is Qt.ColorScheme.Unknown or hints.colorScheme() == wanted:
        QGuiApplication.setPalette(QPalette())
    else:
        # The system offers only one look; ours stands in.
        QGuiApplication.setPalette(tokens.palette(dark=wanted is Qt.ColorScheme.Dark))
    tell_widgets()


def tell_widgets() -> None:
    """Let our widgets take over another palette: Qt's own news of it never reaches ``changeEvent``."""
    news = QEvent(QEvent.Type.ApplicationPaletteChange)
    for widget in QApplication.allWidgets():
        if type(widget).__module__.startswith(__package__):
            widget.changeEvent(news)


def make_application(settings: Settings) -> QApplication:
    """The application with the person's look and language."""
    application = _on_display(settings)
    application.setApplicationName("alliance-desk")
    application.setApplicationDisplayName(_("Alliance Desk"))
    application.setApplicationVersion(__version__)
    application.setDesktopFileName("alliance-desk")
    _set_language(application, settings)
    font = QFont(application.font())
    if 0 < font.pointSizeF() < SMALLEST_POINTS:
        font.setPointSizeF(SMALLEST_POINTS)
        application.setFont(font)
    set_look(settings.appearance)
    application.styleHints().colorSchemeChanged.connect(tell_widgets)
    return application


def _on_display(settings: Settings) -> QApplication:
    """The application; where no display can be reached, a sentence in place of Qt's own end by a signal."""
    heard: list[str] = []

    def on_message(kind: QtMsgType, _context: QMessageLogContext, words: str) -> None:
        if kind is not QtMsgType.QtFatalMsg:
            heard.append(words)
            return
        i18n.install(_wanted_language(settings), resource("i18n"))
        sentence = _(
            "The window cannot open: Qt reaches no display. Sign in at a desktop, or use the commands, which"
            " need none: alliance-desk --help"
        )
        sys.stderr.write("\n  ".join([sentence, *heard]) + "\n")
        sys.stderr.flush()
        # Qt aborts on return; nothing is open yet that could be lost.
        os._exit(2)

    before = qInstallMessageHandler(on_message)
    try:
        # Asked for here, the style is there without all its names, which ``setStyle`` would load.
        application = QApplication([*sys.argv[:1], "-style", "fusion"])
    finally:
        qInstallMessageHandler(before)
    if heard:
        sys.stderr.write("\n".join(heard) + "\n")
    return application


def _wanted_language(settings: Settings) -> str:
    chosen = os.environ.get("ALLIANCE_DESK_LANGUAGE") or settings.language
    return policy().language or chosen or QLocale.system().name()


def _set_language(application: QApplication, settings: Settings) -> None:
    wanted = _wanted_language(settings)
    language = i18n.install(wanted, resource("i18n"))
    QLocale.setDefault(QLocale(language) if not wanted.startswith(language) else QLocale(wanted))
    translator = QTranslator(application)
    if translator.load(
        QLocale(language), "qtbase", "_", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    ):
        application.installTranslator(translator)
    application.setLayoutDirection(QLocale(language).textDirection())


def catch_everything(
    application: QApplication,
    start_logs: Callable[[], None],
    *,
    hand_over: Callable[[], None],
    end: Callable[[], None],
    tell_crash: Callable[[], None],
) -> None:
    """No exception is silent, and no way to end the program loses a word.

    ``start_logs`` is called before something is logged. ``hand_over`` brings everything typed to disk,
    ``end`` does so and closes without a question. ``tell_crash`` tells the person of an unforeseen error.
    """

    def on_exception(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        start_logs()
        log.critical("unforeseen", exc_info=(kind, error, trace))
        if kind is not KeyboardInterrupt:
            tell_crash()

    def on_thread_exception(hook: threading.ExceptHookArgs) -> None:
        start_logs()
        log.critical("unforeseen in a thread", exc_info=hook.exc_value)

    def on_unraisable(hook: sys.UnraisableHookArgs) -> None:
        # Python would write its words to the standard error, which a desktop keeps.
        start_logs()
        log.critical("unforeseen, with nobody to be told", exc_info=hook.exc_value)

    def on_signal(number: int, frame: FrameType | None) -> None:
        # Never in the middle of something: when the event loop comes to it.
        QTimer.singleShot(0, application, end)

    def on_session_end(session: QSessionManager) -> None:
        hand_over()

    sys.excepthook = on_exception
    threading.excepthook = on_thread_exception
    sys.unraisablehook = on_unraisable
    for name in ("SIGTERM", "SIGINT", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), on_signal)
    application.commitDataRequest.connect(on_session_end)
    # Python sees a signal only when it runs; Qt's loop would sleep through it.
    wake = QTimer(application)
    wake.timeout.connect(_nothing)
    wake.start(200)


def _nothing() -> None:
    """Lets Python look at its signals."""
