from __future__ import annotations

import json
import os
import shutil
import threading
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desktop_app.formdef.kept_forms import KeptForms
from desktop_app.formdef.library import FormLibrary
from desktop_app.formdef.mistakes import FormError
from desktop_app.formdef.model import Form
from desktop_app.runtime.files import CannotWriteError
from tests.support.report_files import unprivileged_folder
from tests.support.toml_forms import FORMS

FORM, OTHER = ("ga-commitments", "2013.1"), ("mnr", "2016.1")


@pytest.fixture
def forms(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FORMS, tmp_path / "forms"))


@pytest.fixture
def kept(tmp_path: Path, forms: Path) -> Path:
    """What a start that read one of the forms has left."""
    path = tmp_path / "cache" / "forms.json"
    library = FormLibrary([forms], KeptForms(path))
    library.form(*FORM)
    library.keep()
    return path


def plainly(forms: Path) -> Form:
    return FormLibrary([forms]).form(*FORM)


def with_kept(forms: Path, kept: Path) -> Form:
    return FormLibrary([forms], KeptForms(kept)).form(*FORM)


def rewrite(kept: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """Change what was kept, so that nothing but the change itself tells of it."""
    content = json.loads(kept.read_bytes().partition(b"\n")[2])
    change(content)
    body = json.dumps(content, ensure_ascii=False).encode()
    kept.write_bytes(b"%08x\n%s" % (zlib.crc32(body), body))


def mark(content: dict[str, Any]) -> None:
    """What is kept is not what is in the folder any more: whoever sees it has used what was kept."""
    for plain in content["forms"].values():
        plain["entry"]["title"] = "Kept"
        if plain["form"] is not None:
            plain["form"]["cycles"] = ["kept"]


def is_used(forms: Path, kept: Path) -> bool:
    library = FormLibrary([forms], KeptForms(kept))
    seen = {library.form(*FORM).cycles == ("kept",), library.entries()[0].title == "Kept"}
    assert len(seen) == 1
    return seen.pop()


def test_the_next_start_takes_up_what_was_kept(forms: Path, kept: Path) -> None:
    assert with_kept(forms, kept) == plainly(forms)
    assert FormLibrary([forms], KeptForms(kept)).entries() == FormLibrary([forms]).entries()
    rewrite(kept, mark)
    assert is_used(forms, kept)


def test_a_form_of_which_only_the_head_was_kept_is_read_when_it_is_asked_for(forms: Path, kept: Path) -> None:
    library = FormLibrary([forms], KeptForms(kept))
    assert library.form(*OTHER) == FormLibrary([forms]).form(*OTHER)
    library.keep()
    found = KeptForms(kept)
    for form_id, version in (FORM, OTHER):
        read = found.find(forms / form_id / version)
        assert read is not None
        assert read.form is not None


def test_nothing_is_written_when_nothing_new_was_read(forms: Path, kept: Path) -> None:
    before = kept.stat()
    library = FormLibrary([forms], KeptForms(kept))
    library.form(*FORM)
    library.keep()
    assert kept.stat() == before


FOLDER = FORMS.joinpath(*FORM)
FILES = [path.relative_to(FOLDER).as_posix() for path in sorted(FOLDER.rglob("*.*"))]
FILES.remove("example.toml")


@pytest.mark.parametrize("name", FILES)
def test_one_other_letter_in_any_file_of_the_form_and_it_is_read_anew(
    forms: Path, kept: Path, name: str
) -> None:
    rewrite(kept, mark)
    path = forms.joinpath(*FORM, name)
    before = path.stat()
    content = path.read_bytes()
    at = content.rindex(b"e")
    path.write_bytes(content[:at] + b"i" + content[at + 1 :])
    # Neither its size nor its time tells of the change.
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (path.stat().st_size, path.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)
    found = KeptForms(kept).find(forms.joinpath(*FORM))
    assert found is None


def test_the_words_of_the_folder_are_shown_and_kept_after_a_change(forms: Path, kept: Path) -> None:
    words = forms.joinpath(*FORM, "text.en.toml")
    words.write_text(
        words.read_text(encoding="utf-8").replace("Enhancing efforts", "ENHANCING EFFORTS"), encoding="utf-8"
    )
    library = FormLibrary([forms], KeptForms(kept))
    assert "ENHANCING EFFORTS" in repr(library.form(*FORM).texts)
    library.keep()
    rewrite(kept, mark)
    assert is_used(forms, kept)


@pytest.mark.parametrize("name", ["form.toml", "text.en.toml"])
def test_a_file_that_has_gone_is_missing(forms: Path, kept: Path, name: str) -> None:
    forms.joinpath(*FORM, name).unlink()
    library = FormLibrary([forms], KeptForms(kept))
    assert FORM not in [(entry.id, entry.version) for entry in library.entries()]


def test_a_list_that_has_gone_is_missing(forms: Path, kept: Path) -> None:
    shutil.rmtree(forms.joinpath(*FORM, "lists"))
    with pytest.raises(FormError, match="is missing from the form's folder"):
        with_kept(forms, kept)


def test_the_same_words_outside_of_the_folder_are_not_taken(forms: Path, kept: Path, tmp_path: Path) -> None:
    words = forms.joinpath(*FORM, "text.en.toml")
    words.replace(tmp_path / "outside.toml")
    words.symlink_to(tmp_path / "outside.toml")
    assert KeptForms(kept).find(forms.joinpath(*FORM)) is None
    assert FORM not in [(each.id, each.version) for each in FormLibrary([forms], KeptForms(kept)).entries()]


def test_what_is_damaged_anywhere_is_not_used(forms: Path, kept: Path) -> None:
    rewrite(kept, mark)
    content = kept.read_bytes()
    for at in range(0, len(content), len(content) // 60):
        kept.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
        assert KeptForms(kept).find(forms.joinpath(*FORM)) is None
    for length in (0, 1, 9, 100, len(content) - 1):
        kept.write_bytes(content[:length])
        assert KeptForms(kept).find(forms.joinpath(*FORM)) is None
    kept.write_bytes(content)
    assert KeptForms(kept).find(forms.joinpath(*FORM)) is not None


def test_what_is_damaged_is_made_anew(forms: Path, kept: Path) -> None:
    kept.write_bytes(kept.read_bytes()[:1000])
    library = FormLibrary([forms], KeptForms(kept))
    assert library.form(*FORM) == plainly(forms)
    library.keep()
    rewrite(kept, mark)
    assert is_used(forms, kept)


def another_version(content: dict[str, Any]) -> None:
    content["program"][0] = "0.0.0"


def another_state_of_a_module(content: dict[str, Any]) -> None:
    content["program"][-1][1] += 1


@pytest.mark.parametrize("other", [another_version, another_state_of_a_module])
def test_what_another_program_kept_is_not_used(
    forms: Path, kept: Path, other: Callable[[dict[str, Any]], None]
) -> None:
    rewrite(kept, mark)
    rewrite(kept, other)
    assert not is_used(forms, kept)


SHAPES: list[object] = [None, [], "form", {}, {"form": None}, {"files": {}, "entry": {}, "form": None}]


@pytest.mark.parametrize("shape", SHAPES)
def test_what_is_of_another_shape_is_not_used(forms: Path, kept: Path, shape: object) -> None:
    rewrite(kept, lambda content: content["forms"].update(dict.fromkeys(content["forms"], shape)))
    assert with_kept(forms, kept) == plainly(forms)
    for whole in (shape, {"program": [], "forms": shape}):
        body = json.dumps(whole).encode()
        kept.write_bytes(b"%08x\n%s" % (zlib.crc32(body), body))
        assert with_kept(forms, kept) == plainly(forms)


@pytest.mark.parametrize("part", ["sections", "texts", "row_types"])
def test_a_form_of_another_shape_is_not_used(forms: Path, kept: Path, part: str) -> None:
    def change(content: dict[str, Any]) -> None:
        for plain in content["forms"].values():
            if plain["form"] is not None:
                plain["form"][part] = [["?"]]

    rewrite(kept, change)
    assert with_kept(forms, kept) == plainly(forms)


def test_what_others_could_have_written_is_not_used(forms: Path, kept: Path) -> None:
    rewrite(kept, mark)
    for mode in (0o666, 0o664, 0o602):
        kept.chmod(mode)
        assert not is_used(forms, kept)
    kept.chmod(0o644)
    assert is_used(forms, kept)


def test_what_another_person_has_written_is_not_used(forms: Path, kept: Path) -> None:
    rewrite(kept, mark)
    os.chown(kept, 65534 if os.geteuid() == 0 else os.geteuid(), -1)
    assert is_used(forms, kept) == (kept.stat().st_uid == os.geteuid())


def test_a_folder_that_takes_nothing_is_told_and_harms_nothing() -> None:
    with unprivileged_folder() as folder:
        folder.chmod(0o500)
        library = FormLibrary([FORMS], KeptForms(folder / "cache" / "forms.json"))
        assert library.form(*FORM) == plainly(FORMS)
        with pytest.raises(CannotWriteError, match="Nothing may be written into the folder"):
            library.keep()
        assert list(folder.iterdir()) == []


def test_a_folder_in_the_place_of_the_file_harms_nothing(forms: Path, tmp_path: Path) -> None:
    kept = tmp_path / "forms.json"
    (kept / "more").mkdir(parents=True)
    library = FormLibrary([forms], KeptForms(kept))
    assert library.form(*FORM) == plainly(forms)
    with pytest.raises(CannotWriteError):
        library.keep()


def test_two_programs_keep_at_once(forms: Path, tmp_path: Path) -> None:
    kept = tmp_path / "cache" / "forms.json"
    libraries = [FormLibrary([forms], KeptForms(kept)) for _program in range(6)]
    for library in libraries:
        library.form(*FORM)
    writers = [threading.Thread(target=library.keep) for library in libraries]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    rewrite(kept, mark)
    assert is_used(forms, kept)
    assert list(kept.parent.iterdir()) == [kept]


def test_a_form_with_a_mistake_is_not_kept_as_a_form(forms: Path, tmp_path: Path) -> None:
    form = forms.joinpath(*FORM, "form.toml")
    form.write_text(form.read_text(encoding="utf-8") + "\n[strange]\n", encoding="utf-8")
    kept = tmp_path / "forms.json"
    library = FormLibrary([forms], KeptForms(kept))
    with pytest.raises(FormError) as first:
        library.form(*FORM)
    library.keep()
    with pytest.raises(FormError) as second:
        with_kept(forms, kept)
    assert second.value.mistakes == first.value.mistakes
