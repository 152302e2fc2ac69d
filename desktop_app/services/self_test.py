"""The self-test for IT after a roll-out: everything this build needs is tried for real, one line each."""

from __future__ import annotations

import dataclasses
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from desktop_app.formdef.model import Level
from desktop_app.report.changes import OperationKind
from desktop_app.report.plain import report_to_plain
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _, ngettext
from desktop_app.runtime.policy import Feature, Policy, policy
from desktop_app.runtime.shipped import resource
from desktop_app.services.allowed import is_allowed, switched_off_words
from desktop_app.services.demo import example_report
from desktop_app.services.exporting import export_report
from desktop_app.services.importing import import_document
from desktop_app.services.policy_state import can_be_kept_in, policy_state
from desktop_app.services.program_files import is_packaged, program_files_words
from desktop_app.services.reports import form_library, keep_report, read_report
from desktop_app.services.verifying import verify
from desktop_app.services.window_trial import try_window
from desktop_app.storage.format import is_plain
from desktop_app.storage.protection import Key
from desktop_app.storage.sqlite import has_cipher


@dataclass(frozen=True, slots=True)
class TestResult:
    """One thing that was tried. ``told`` says what was found."""

    what: str
    passed: bool
    told: str

    def to_plain(self) -> dict[str, str | bool]:
        """The result in JSON."""
        return {"what": self.what, "passed": self.passed, "told": self.told}


def parts_to_try() -> dict[str, Callable[[], str]]:
    """What is tried without a folder to write into, by what it is called."""
    parts = {_("program files"): program_files_words} if is_packaged() else {}
    return parts | {
        _("forms"): _forms,
        _("icons and resources"): _resources,
        _("window"): try_window,
        _("policy"): _policy,
        _("key store"): _key_store,
        _("typefaces"): _typefaces,
    }


def run_self_test() -> list[TestResult]:
    """Try everything; a failure of one part does not keep the others from being tried."""
    results = [_try(what, step) for what, step in parts_to_try().items()]
    with tempfile.TemporaryDirectory(prefix="alliance-desk-") as name:
        folder = Path(name)
        for what, step in (
            (_("report file"), _report_file),
            (_("backups"), _backups),
            (_("protected report file"), _protected_file),
            (_("PDF document"), _pdf),
            (_("Word document"), _word),
            (_("package"), _package),
            (_("way back"), _way_back),
            (_("reviewed workbook"), _reviewed_workbook),
            (_("signature and encryption"), _proof),
        ):
            results.append(_try(what, step, folder))
    return results


def _try(what: str, step: Callable[..., str], *arguments: object) -> TestResult:
    try:
        return TestResult(what, True, step(*arguments))
    except DeskError as error:
        return TestResult(what, False, error.sentence)
    except OSError as error:
        told = f"“{error.filename}”: {error.strerror}" if error.filename else error.strerror or str(error)
        return TestResult(what, False, told)
    except Exception as error:  # noqa: BLE001 - whatever a broken build raises, the other parts are tried too
        return TestResult(what, False, f"{type(error).__name__}: {error}")


def _forms() -> str:
    library = form_library()
    # A form that is here twice can be used all the same: a person had it before everybody did.
    broken = [each for each in library.broken() if any(one.level is Level.ERROR for one in each[1])]
    if broken:
        raise DeskError(_("The form in “{folder}” cannot be used.").format(folder=broken[0][0]))
    entries = library.entries()
    if not entries:
        raise DeskError(_("No forms were found."))
    for entry in entries:
        library.form(entry.id, entry.version)
    return ngettext("{count} form can be used", "{count} forms can be used", len(entries)).format(
        count=len(entries)
    )


def _resources() -> str:
    count = len(list(resource("icons").glob("*.svg")))
    if not count:
        raise DeskError(_("The icons are missing."))
    return ngettext("{count} icon found", "{count} icons found", count).format(count=count)


def _report_file(folder: Path) -> str:
    report = example_report()
    path = folder / "self-test.adesk"
    keep_report(path, report, OperationKind.CREATE)
    if report_to_plain(read_report(path)) != report_to_plain(report):
        raise DeskError(_("A report came back from its file with other words."))
    return _("a report was written and read back")


def _backups(folder: Path) -> str:
    from desktop_app.services.backups import BY_HAND, backup_folder, make_backup

    make_backup(folder / "self-test.adesk", BY_HAND, folder=folder / "backups")
    wanted = backup_folder()
    if not can_be_kept_in(wanted):
        raise DeskError(_("Backups cannot be written into “{folder}”.").format(folder=wanted))
    return _("a backup was made and verified; backups go to “{folder}”").format(folder=wanted)


def _protected_file(folder: Path) -> str:
    if not has_cipher():
        sentence = _("the Python package “sqlcipher3” is not installed; no report file can have a passphrase")
        if policy().require_protection:
            raise DeskError(sentence)
        return sentence
    report, key = example_report(), Key.new("only for this test, and thrown away")
    path = folder / "protected.adesk"
    keep_report(path, report, OperationKind.CREATE, key=key)
    if is_plain(path) or report_to_plain(read_report(path, key=key)) != report_to_plain(report):
        raise DeskError(_("A report came back from its protected file with other words."))
    return _("a report was written with a passphrase and read back")


def _pdf(_folder: Path) -> str:
    """Pages are made by a process of its own, which a build has to be able to start."""
    from desktop_app.services.documents import Kind, make_document

    made = make_document(example_report(), Kind.PDF)
    pages = ngettext("{count} page was made", "{count} pages were made", made.pages)
    return " ".join((pages.format(count=made.pages), *made.notices))


def _word(_folder: Path) -> str:
    """What is written is read again and compared before it counts."""
    from desktop_app.services.documents import Kind, make_document

    make_document(example_report(), Kind.DOCX)
    return _("a document was written, reopened and compared")


def _typefaces() -> str:
    """Every character of every form, in each of its languages, is set in a PDF."""
    from desktop_app.exchange.documents.pdf import write_pdf
    from desktop_app.exchange.documents.plan import Prose
    from desktop_app.report.text import Text
    from desktop_app.services.documents import Kind, document_plan

    plan = document_plan(example_report(), Kind.BLANK)
    found = _characters()
    for language, signs in found.items():
        words = Prose(Text.plain(" ".join(sorted(signs))), language)
        made = write_pdf(dataclasses.replace(plan, language=language, blocks=(words,)))
        if made.notices:
            raise DeskError(" ".join((f"{language}:", *made.notices)))
    return _("every character of the forms can be shown in these languages: {languages}").format(
        languages=", ".join(found)
    )


def _characters() -> dict[str, set[str]]:
    """By language, the characters that the forms need."""
    library = form_library()
    found: dict[str, set[str]] = {}
    for entry in library.entries():
        form = library.form(entry.id, entry.version)
        for language in form.languages:
            signs = found.setdefault(language, set())
            signs.update(*form.texts.by_language.get(language, {}).values())
            for choice in (each for chosen in form.choice_lists.values() for each in chosen.choices):
                signs.update(choice.names.get(language, ""))
    return {language: {sign for sign in signs if not sign.isspace()} for language, signs in found.items()}


def _policy() -> str:
    complaints = policy_state().complaints
    if complaints:
        raise DeskError(" ".join(complaints))
    found = policy()
    places = dict.fromkeys([*([str(found.path)] if found.path else []), *_places(found)])
    return ", ".join(places) or _("there is no policy")


def _places(found: Policy) -> list[str]:
    return [origin.place for origin in found.origins.values()]


def _key_store() -> str:
    """Whether the system keeps keys; where it does not, a passphrase does, and nothing is wrong."""
    from desktop_app.runtime.key_store import StoreState, read_secret

    told = {
        StoreState.DONE: _("the key store of the system answers"),
        StoreState.EMPTY: _("the key store of the system answers"),
        StoreState.LOCKED: _("the key store of the system is locked; a key can be kept under a passphrase"),
        StoreState.NONE: _("the system has no key store; a key can be kept under a passphrase"),
    }
    answer = read_secret("self-test")
    if not answer.heard:
        raise DeskError(_("The part of the program that asks the key store gave no answer."))
    return told[answer.state]


def _proof(folder: Path) -> str:
    from desktop_app.exchange.package_reading import SignatureState, verify_package
    from desktop_app.exchange.proof.encryption import identity_of, recipient_of
    from desktop_app.exchange.proof.signing import SigningKey
    from desktop_app.exchange.sending import Sending

    key = SigningKey.make()
    sending = Sending(signer=key, recipients=(recipient_of(key),), documents=False)
    exported = export_report(example_report(), folder, sending)
    found = verify_package(exported.path, [identity_of(key)])
    if not found.intact or found.signature is not SignatureState.GOOD or found.signer != key.public_key:
        raise DeskError(_("The signature of a package was not found good."))
    return _("a package was signed, encrypted, opened and verified")


def _package(folder: Path) -> str:
    exported = export_report(example_report(), folder)
    if not verify(exported.path).intact:
        raise DeskError(_("The package was not found intact."))
    if exported.notices:
        raise DeskError(" ".join(exported.notices))
    return _("a package was exported, reopened and verified")


def _package_in(folder: Path) -> Path:
    package = next(folder.glob("*.zip"), None)
    if package is None:
        raise DeskError(_("Not tried, because no package was made."))
    return package


def _way_back(folder: Path) -> str:
    if not is_allowed(Feature.IMPORT):
        return switched_off_words()
    imported = import_document(folder / "back.adesk", _package_in(folder))
    if report_to_plain(read_report(imported.path)) != report_to_plain(example_report()):
        raise DeskError(_("A report came back from its package with other words."))
    return _("the package was imported and holds the same words")


def _reviewed_workbook(folder: Path) -> str:
    """Workbooks from outside are read by a process of its own, which a build has to be able to start."""
    from desktop_app.services.review.filing import look

    found = look(folder / "self-test.adesk", _package_in(folder))
    if found.refusals or found.comments or found.suggestions or found.new_rows:
        raise DeskError(_("The workbook of a package was read with other words."))
    return _("the workbook was read and matched with its report")
