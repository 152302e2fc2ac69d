"""The line for news: what it says, what can be done about it, and that more news is added below."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from desktop_app.ui.lines import Expander
from desktop_app.ui.notice import NoticeLine, NoticeStep
from desktop_app.ui.parts import Button, Tone, Words


def buttons(notice: NoticeLine) -> list[str]:
    return [button.text() for button in notice.findChildren(Button) if not button.isHidden()]


def test_steps_come_and_go_with_the_notice(qtbot: QtBot) -> None:
    notice = NoticeLine()
    qtbot.addWidget(notice)
    taken: list[str] = []
    steps = [
        NoticeStep("Again", lambda: taken.append("again")),
        NoticeStep("Copy", lambda: taken.append("copy")),
    ]
    notice.tell("It did not work.", Tone.ERROR, steps)
    assert notice.isVisible()
    assert buttons(notice) == ["Again", "Copy"]
    for button in notice.findChildren(Button):
        button.click()
    assert taken == ["again", "copy"]
    notice.add("And it is late.")
    assert notice.words == "It did not work.\nAnd it is late."
    assert buttons(notice) == ["Again", "Copy"]
    notice.tell("All is well.", Tone.SUCCESS)
    assert buttons(notice) == []


def test_the_keyboard_goes_to_the_first_step(qtbot: QtBot) -> None:
    notice = NoticeLine()
    qtbot.addWidget(notice)
    notice.tell("It did not work.", Tone.ERROR, [NoticeStep("Again", notice.hide)])
    with qtbot.waitActive(notice):
        notice.activateWindow()
    notice.focus_steps()
    assert notice.findChildren(Button)[0].hasFocus()
    notice.findChildren(Button)[0].click()
    assert notice.isHidden()


def test_news_of_now_goes_with_the_next_change(qtbot: QtBot) -> None:
    notice = NoticeLine()
    qtbot.addWidget(notice)
    notice.tell("The report is as it was.", Tone.SUCCESS, of_now=True)
    notice.note_change()
    assert not notice.isVisible()
    notice.tell("Backups go elsewhere.", Tone.SUCCESS)
    notice.note_change()
    assert notice.isVisible()


def test_of_much_news_the_first_is_shown_and_the_rest_where_it_is_wanted(qtbot: QtBot) -> None:
    notice = NoticeLine()
    qtbot.addWidget(notice)
    notice.tell("28 entries brought in.\nTwo texts have no place.", Tone.WARNING)
    assert shown(notice) == notice.words
    low = notice.heightForWidth(900)
    notice.add("A file did not come along.\nAnother did not either.")
    assert shown(notice) == "28 entries brought in."
    assert notice.heightForWidth(900) <= low
    (more,) = notice.findChildren(Expander)
    assert (more.text(), more.isVisible()) == ("3 more", True)
    more.click()
    assert shown(notice) == notice.words
    assert notice.words.count("\n") == 3
    notice.add("It is late.")
    assert shown(notice) == notice.words
    more.click()
    assert (shown(notice), more.text()) == ("28 entries brought in.", "4 more")
    notice.tell("All is well.", Tone.SUCCESS)
    assert (shown(notice), more.isVisible()) == ("All is well.", False)


def shown(notice: NoticeLine) -> str:
    return notice.findChildren(Words)[0].text()
