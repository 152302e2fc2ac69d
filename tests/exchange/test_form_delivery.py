"""A form on its way: the same bytes each time, and nothing is believed of what comes in."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from desktop_app.exchange.archive import build
from desktop_app.exchange.form_delivery import (
    MAX_FILE,
    MAX_SIZE,
    NOTE,
    FormDeliveryError,
    delivery_in,
    files_of,
    kept_signer,
    pack_form,
    read_delivery,
)
from desktop_app.exchange.proof.key_files import signed_bytes
from desktop_app.exchange.proof.public_key import key_line
from desktop_app.exchange.proof.signing import SigningKey
from desktop_app.report.plain import canonical_bytes

TINY = Path(__file__).resolve().parents[1] / "data" / "forms" / "tiny" / "2"
FILES = {"form.toml": b"[form]\n", "lists/a.csv": b"code,en\n", "text.en.toml": b"[form]\n"}
KEY = SigningKey(bytes(range(32)))


def note(files: dict[str, bytes] = FILES, **facts: Any) -> bytes:
    listed = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    about = {"kind": "alliance-desk-form", "format": 1, "id": "tiny", "version": "2", "files": listed}
    return canonical_bytes({**about, **facts})


def packed(files: dict[str, bytes], top: str = "tiny/2/", **facts: Any) -> bytes:
    return build({NOTE: note(files, **facts), **{top + name: content for name, content in files.items()}})


def refusal(data: bytes) -> str:
    with pytest.raises(FormDeliveryError) as caught:
        delivery_in("x.form.zip", data)
    return caught.value.sentence


@pytest.mark.parametrize("signer", [None, KEY])
def test_what_was_packed_comes_out_again_and_is_the_same_each_time(signer: SigningKey | None) -> None:
    files = files_of(TINY)
    data = pack_form("tiny", "2", files, signer)
    assert data == pack_form("tiny", "2", dict(reversed(files.items())), signer)
    found = delivery_in("tiny.form.zip", data)
    assert (found.form_id, found.version, dict(found.files)) == ("tiny", "2", files)
    assert found.signer == (KEY.public_key if signer else None)
    assert kept_signer(found.note, files) == found.signer
    assert kept_signer(found.note, {**files, "text.fr.toml": b""}) is None
    # Anybody can unpack it where forms are.
    names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    assert names == [NOTE, "tiny/2/form.toml", "tiny/2/text.en.toml"]


def test_no_single_byte_can_be_another() -> None:
    data = pack_form("tiny", "2", {"form.toml": b"[form]\n"}, KEY)
    for place in range(len(data)):
        changed = bytearray(data)
        changed[place] ^= 0x21
        with pytest.raises(FormDeliveryError):
            delivery_in("x.form.zip", bytes(changed))


@pytest.mark.parametrize(
    "name",
    [
        "../form.toml", "/form.toml", "a\\b.csv", "C:form.toml", "form.py", "lists/run.sh", ".hidden.toml",
        "lists/.a.csv", "con.toml", "nul.csv", "a\u202e.toml", "lists/a/b/c/d/e.csv", "form.toml.",
    ],
)  # fmt: skip
def test_a_file_that_no_form_has_is_refused(name: str) -> None:
    assert "It is not installed" in refusal(packed({"form.toml": b"", name: b"x"}))


def test_what_is_not_as_it_was_made_is_refused() -> None:
    changed = "was changed after it was made"
    other = {**FILES, "form.toml": b"[other]\n"}
    members = {NOTE: note(), **{f"tiny/2/{name}": content for name, content in other.items()}}
    assert changed in refusal(build(members))
    assert changed in refusal(packed(FILES, "tiny/3/"))
    assert changed in refusal(packed({**FILES, "Form.toml": b""}))
    assert changed in refusal(packed({**FILES, "Lists/A.csv/b.csv": b""}))
    assert changed in refusal(packed(FILES, id=".."))
    assert changed in refusal(packed(FILES, id="tiny/../../x"))
    assert changed in refusal(packed(FILES, version=2))
    assert changed in refusal(build({NOTE: canonical_bytes({**json.loads(note()), "files": 7})}))
    assert changed in refusal(packed(FILES, key=key_line(KEY.public_key)))
    assert changed in refusal(packed(FILES, key=key_line(KEY.public_key), signature="AAAA"))
    signature = base64.b64encode(KEY.sign(signed_bytes(json.loads(note())))).decode()
    assert changed in refusal(packed(FILES, signature=signature))


def test_another_zip_is_no_delivery() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(NOTE, note())
    no_delivery = "is no delivery of a form, or it was changed"
    for data in (stream.getvalue(), b"", b"PK", build({"a": b""}), build({NOTE: b"{"}), packed({}, kind="x")):
        assert no_delivery in refusal(data)
    assert "made by a newer version" in refusal(packed(FILES, format=2))


def test_what_is_too_large_is_not_even_read(tmp_path: Path) -> None:
    path = tmp_path / "large.form.zip"
    with path.open("wb") as stream:
        stream.truncate(MAX_SIZE + 1)
    with pytest.raises(FormDeliveryError, match="is too large for a form"):
        read_delivery(path)
    assert "too large" in refusal(packed({"form.toml": bytes(MAX_FILE + 1)}))
    with pytest.raises(FormDeliveryError, match="cannot be read"):
        read_delivery(tmp_path / "none.form.zip")


def test_only_what_belongs_to_a_form_is_packed(tmp_path: Path) -> None:
    (tmp_path / "form.toml").write_bytes(b"x")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "config.toml").write_bytes(b"x")
    (tmp_path / NOTE).write_bytes(b"x")
    assert files_of(tmp_path) == {"form.toml": b"x"}
    (tmp_path / "notes.docx").write_bytes(b"x")
    with pytest.raises(FormDeliveryError, match=r"“notes\.docx” does not belong to a form"):
        files_of(tmp_path)
    (tmp_path / "notes.docx").unlink()
    (tmp_path / "text.en.toml").symlink_to(tmp_path / "form.toml")
    with pytest.raises(FormDeliveryError, match=r"“text\.en\.toml” does not belong to a form"):
        files_of(tmp_path)
    (tmp_path / "text.en.toml").unlink()
    (tmp_path / "form.toml").write_bytes(bytes(MAX_FILE + 1))
    with pytest.raises(FormDeliveryError, match="is too large for a form"):
        files_of(tmp_path)


def test_a_form_whose_name_is_no_folder_is_not_packed() -> None:
    with pytest.raises(FormDeliveryError, match="cannot be packed"):
        pack_form("a/b", "1", FILES, None)
