from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.runtime.logs import LOG_FILE, start_logging


@pytest.fixture(autouse=True)
def no_log_left_open() -> Iterator[None]:
    root = logging.getLogger()
    level, handlers = root.level, list(root.handlers)
    last = logging.lastResort
    assert last is not None
    formatter = last.formatter
    yield
    last.setFormatter(formatter)
    for handler in [handler for handler in root.handlers if handler not in handlers]:
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)


def words(folder: Path) -> str:
    return (folder / LOG_FILE).read_text(encoding="utf-8")


def test_what_happens_is_written_with_when_how_grave_and_where(tmp_path: Path) -> None:
    start_logging(tmp_path / "logs" / "ours")
    log = logging.getLogger("desktop_app.storage")
    log.debug("a detail")
    log.info("opened")
    log.warning("the disk of %s is full \udcff", "Arta")
    lines = words(tmp_path / "logs" / "ours").splitlines()
    assert [line.partition(" INFO ")[2] or line.partition(" WARNING ")[2] for line in lines] == [
        "desktop_app.storage: opened",
        "desktop_app.storage: the disk of Arta is full \\udcff",
    ]
    assert lines[0][:2] == "20"


def test_logs_do_not_grow_for_ever(tmp_path: Path) -> None:
    start_logging(tmp_path)
    for _number in range(60):
        logging.getLogger("x").info("w" * 50_000)
    files = list(tmp_path.iterdir())
    assert 2 <= len(files) <= 4
    assert sum(file.stat().st_size for file in files) <= 4 * 512 * 1024


def test_without_a_place_for_the_log_the_program_starts(tmp_path: Path) -> None:
    (tmp_path / "logs").write_bytes(b"in the way")
    before = list(logging.getLogger().handlers)
    start_logging(tmp_path / "logs")
    logging.getLogger("x").info("nobody hears this")
    assert logging.getLogger().handlers == before
    assert (tmp_path / "logs").read_bytes() == b"in the way"


def test_the_words_of_an_exception_stay_out_because_they_may_quote_an_answer(tmp_path: Path) -> None:
    start_logging(tmp_path)
    answer = "what the minister promised"
    try:
        try:
            int(answer)
        except ValueError as error:
            raise RuntimeError(answer) from error
    except RuntimeError:
        logging.getLogger("desktop_app.ui").exception("job failed")
    told = words(tmp_path)
    assert answer not in told
    assert told.index("builtins.ValueError") < told.index("builtins.RuntimeError")
    assert "test_logs.py" in told


def test_where_there_is_no_log_they_stay_out_of_the_standard_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "logs").write_bytes(b"in the way")
    start_logging(tmp_path / "logs")
    assert logging.lastResort is not None
    answer = "what the minister promised"
    try:
        raise ValueError(answer)
    except ValueError as error:
        found = (type(error), error, error.__traceback__)
    logging.lastResort.handle(logging.LogRecord("x", logging.ERROR, "x", 1, "job failed", None, found))
    told = capsys.readouterr().err
    assert told.startswith("job failed\n") and "builtins.ValueError" in told and answer not in told
