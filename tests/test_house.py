"""Rules that hold for the whole repository and that no other tool checks.

Layers are import-linter's work, style is ruff's, types are mypy's.
"""

from __future__ import annotations

import ast
import graphlib
import json
import os
import re
import string
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import grimp
import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
APP = ROOT / "desktop_app"
FAULTS = ROOT / "tests" / "faults"

# A longer module owes a split.
MODULE_LINES = 400

MESSAGE_FUNCTIONS = {"_": 1, "ngettext": 2, "pgettext": 2}

# The program never uses a network. (urllib.parse, which only reads addresses, is not among them.)
NETWORK = re.compile(
    r"(socket|socketserver|ssl|ftplib|smtplib|imaplib|poplib|http|urllib\.request|xmlrpc|asyncio"
    r"|requests|urllib3|httpx|aiohttp|PySide6\.QtNetwork|PySide6\.QtWebEngine\w*)(\.|$)"
)

REGISTRY = re.compile(
    r"pypi\.org|pythonhosted\.org|registry\.npmjs|conda\.anaconda|pkg\.dev|/(simple|artifactory|nexus)/", re.I
)
TEXT_SUFFIXES = {
    "",
    ".py",
    ".toml",
    ".txt",
    ".md",
    ".yml",
    ".yaml",
    ".cfg",
    ".sh",
    ".json",
    ".csv",
    ".po",
    ".pot",
}
OURS_WITH_A_DOT = {".ci", ".github", ".gitignore"}
MADE_HERE = {"build", "dist", "__pycache__", "uv.lock"}

# What a layer may not have imported once all its modules are: Qt where no window is shown, and
# whatever would delay the first page or the answer to --version.
QT = {"PySide6"}
STORES = {"sqlite3", "sqlite_utils"}
DOCUMENTS = {"openpyxl", "lxml", "docx", "typst", "markdown_it"}
NOT_AT_IMPORT = {
    "__main__": QT | STORES | DOCUMENTS,
    "cli": QT,
    "app": DOCUMENTS | {"sqlite_utils"},
    "ui": DOCUMENTS | {"sqlite_utils"},
    "services": QT | DOCUMENTS,
    "storage": QT | DOCUMENTS,
    "exchange": QT | STORES,
    "report": QT | STORES | DOCUMENTS,
    "formdef": QT | STORES | DOCUMENTS,
    "runtime": QT | STORES | DOCUMENTS,
}
PRESENT = [name for name in NOT_AT_IMPORT if (APP / name).is_dir() or (APP / f"{name}.py").is_file()]


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def modules(folder: Path = APP) -> list[Path]:
    return sorted(folder.rglob("*.py"))


def place(path: Path, node: ast.expr | ast.stmt) -> str:
    return f"{path.relative_to(ROOT)}:{node.lineno}"


def files_of_the_repository() -> Iterator[Path]:
    """Every file that could be committed; works without git and in an unpacked copy."""
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [f for f in folders if f not in MADE_HERE and (f in OURS_WITH_A_DOT or f[0] != ".")]
        for name in names:
            if name not in MADE_HERE and (name in OURS_WITH_A_DOT or name[0] != "."):
                yield Path(folder, name)


def imported(node: ast.AST) -> list[str]:
    match node:
        case ast.Import():
            return [alias.name for alias in node.names]
        case ast.ImportFrom(module=str(module)):
            return [module, *(f"{module}.{alias.name}" for alias in node.names)]
    return []


# -------------------------------------------------------------------------------------- messages


def test_messages_are_written_out_so_that_they_can_be_translated() -> None:
    """A sentence put together before the look-up is in no catalogue."""
    built = [
        place(path, call)
        for path in modules()
        for call in ast.walk(tree_of(path))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name)
        for message in call.args[: MESSAGE_FUNCTIONS.get(call.func.id, 0)]
        if isinstance(message, ast.JoinedStr | ast.BinOp | ast.Call)
    ]
    assert built == []


def test_no_message_stands_inside_of_a_formatted_string() -> None:
    """There it is not seen by what collects the messages, and would stay English for ever."""
    hidden = [
        place(path, call)
        for path in modules()
        for string_ in ast.walk(tree_of(path))
        if isinstance(string_, ast.JoinedStr)
        for call in ast.walk(string_)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in MESSAGE_FUNCTIONS
    ]
    assert hidden == []


def test_translations_fill_in_what_the_message_fills_in() -> None:
    """A placeholder that a translation invents or drops would break or empty a sentence."""
    wrong = []
    for path in sorted((ROOT / "resources" / "i18n").glob("*/LC_MESSAGES/*.po")):
        with path.open("rb") as file:
            catalogue = read_po(file)
        for message in catalogue:
            texts = [message.string] if isinstance(message.string, str) else list(message.string or ())
            originals = [message.id] if isinstance(message.id, str) else list(message.id)
            wanted = set().union(*map(placeholders, originals))
            wrong += [
                f"{path.relative_to(ROOT)}: {text}"
                for text in texts
                if text and message.id and placeholders(text) != wanted
            ]
    assert wrong == []


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


# ------------------------------------------------------------------------------- forms are data


def codes_in(table: dict[str, Any]) -> Iterator[str]:
    """Codes of sections and goals, however deep, below a form's table."""
    for part in (*table.get("section", []), *table.get("goal", [])):
        yield part.get("code", "")
        yield from codes_in(part)


def names_of_forms() -> set[str]:
    """Ids of all forms, and those codes that cannot be ordinary words."""
    names = set()
    for path in sorted((ROOT / "forms").glob("*/*/form.toml")):
        form = tomllib.loads(path.read_text(encoding="utf-8"))
        names.add(form["form"]["id"])
        names |= {code for code in codes_in(form) if re.search(r"\d", code)}
    return names


def texts_in(path: Path) -> list[tuple[str, str]]:
    """The strings a module works with, each with its place; docstrings only give examples."""
    nodes = list(ast.walk(tree_of(path)))
    docstrings = {
        node.body[0].value
        for node in nodes
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        if node.body and isinstance(node.body[0], ast.Expr)
    }
    return [
        (place(path, node), node.value)
        for node in nodes
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in docstrings
    ]


def test_no_form_is_named_in_the_program() -> None:
    names = names_of_forms()
    assert names
    # A code of two characters may stand in a sentence as an example; alone it decides something.
    long = "|".join(re.escape(name) for name in sorted(names) if len(name) > 2)
    named = re.compile(rf"(?<![\w-])({long})(?![\w-])")
    found = [
        f"{where}: {text}"
        for path in modules()
        for where, text in texts_in(path)
        if text in names or named.search(text)
    ]
    assert found == []


# ------------------------------------------------------------------------------------ the program


def test_the_program_uses_no_network() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in modules()
        for node in ast.walk(tree_of(path))
        for name in imported(node)
        if NETWORK.match(name)
    ]
    assert found == []


def test_modules_are_short_enough_to_be_read() -> None:
    lines = {
        str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines()) for path in modules()
    }
    assert {path: count for path, count in lines.items() if count > MODULE_LINES} == {}


def test_no_modules_need_each_other() -> None:
    """Not for a type either: what a circle of modules does can only be understood all at once."""
    graph = grimp.build_graph("desktop_app", cache_dir=None)
    needs = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    graphlib.TopologicalSorter(needs).prepare()


@pytest.mark.parametrize("layer", PRESENT)
def test_importing_a_layer_loads_nothing_slow_or_foreign(layer: str) -> None:
    script = f"""
import importlib, json, pkgutil, sys
layer = importlib.import_module("desktop_app.{layer}")
for module in pkgutil.walk_packages(getattr(layer, "__path__", []), layer.__name__ + "."):
    importlib.import_module(module.name)
print(json.dumps(sorted({{name.partition(".")[0] for name in sys.modules}})))
"""
    process = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert process.returncode == 0, process.stderr
    assert NOT_AT_IMPORT[layer] & set(json.loads(process.stdout)) == set()


# --------------------------------------------------------------------------------- the repository


def test_no_package_registry_is_named() -> None:
    """Where packages come from is the business of the computer they are installed on."""
    found = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in files_of_the_repository()
        if path.suffix in TEXT_SUFFIXES and "lists" not in path.parts
        if (match := REGISTRY.search(path.read_text(encoding="utf-8")))
    ]
    assert found == []


def test_pinned_packages_carry_checksums_and_no_address() -> None:
    for path in sorted((ROOT / "resources" / "packaging").glob("requirements*.txt")):
        text = path.read_text(encoding="utf-8")
        assert "://" not in text, path.name
        pins = [part for part in re.split(r"\n(?=[a-z])", text) if "==" in part]
        assert pins
        assert [pin.partition("\n")[0] for pin in pins if "--hash=sha256:" not in pin] == []


def test_what_the_project_needs_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    runtime, groups = project["project"]["dependencies"], project["dependency-groups"]
    for name, needed in {
        "requirements.txt": runtime,
        "requirements-dev.txt": runtime + groups["dev"],
        "requirements-build.txt": runtime + groups["build"],
        "requirements-bench.txt": groups["bench"],
    }.items():
        text = (ROOT / "resources" / "packaging" / name).read_text(encoding="utf-8")
        pinned = set(re.findall(r"^([a-z0-9._-]+)==", text, re.M))
        assert {re.split(r"[^\w.-]", need)[0].lower() for need in needed} - pinned == set(), name


def test_tests_are_real() -> None:
    """No test is passed over, waits by the clock, or talks to a stand-in of our own code."""
    forbidden = re.compile(r"pytest\.(mark\.)?(skip|xfail|importorskip)|time\.sleep|unittest\.mock")
    # When to kill is the clock's choice; a fault that a machine cannot provoke is said not to be tried.
    others = {Path(__file__), FAULTS / "moments.py", FAULTS / "test_faults.py"}
    found = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in modules(ROOT / "tests")
        if path not in others and (match := forbidden.search(path.read_text(encoding="utf-8")))
    ]
    assert found == []
