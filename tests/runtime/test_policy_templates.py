"""The examples and the Group Policy template for Windows hold exactly the rules that the program knows."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from xml.etree import ElementTree

from desktop_app.runtime.policy_registry import KEY, plain_of
from desktop_app.runtime.policy_rules import RULES, Kind

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "help" / "it" / "windows"
SPACE = "{http://schemas.microsoft.com/GroupPolicy/2006/07/PolicyDefinitions}"
ELEMENTS = {Kind.WORDS: "text", Kind.LIST: "multiText", Kind.TABLE: "decimal"}


def policies() -> dict[str, ElementTree.Element]:
    tree = ElementTree.parse(FOLDER / "AllianceDesk.admx")
    return {each.attrib["name"]: each for each in tree.iter(f"{SPACE}policy")}


def test_the_template_writes_every_rule_where_the_program_reads_it() -> None:
    found = policies()
    assert set(found) == set(RULES)
    for name, policy in found.items():
        assert policy.attrib["key"] == KEY
        kind = RULES[name].kind
        if kind is Kind.FLAG:
            values = {each.tag.removeprefix(SPACE): each[0].attrib["value"] for each in policy if len(each)}
            assert (policy.attrib["valueName"], values) == (name, {"enabledValue": "1", "disabledValue": "0"})
            continue
        elements = list(policy.iterfind(f"{SPACE}elements/*"))
        assert {each.tag.removeprefix(SPACE) for each in elements} == {ELEMENTS[kind]}
        if kind is Kind.TABLE:
            assert {each.attrib["key"] for each in elements} == {rf"{KEY}\{name}"}
            assert [each.attrib["valueName"] for each in elements] == ["latest", "days", "weeks"]
        else:
            assert [each.attrib["valueName"] for each in elements] == [name]


def test_the_template_has_all_its_words() -> None:
    template = (FOLDER / "AllianceDesk.admx").read_text("utf-8")
    words = ElementTree.parse(FOLDER / "en-US" / "AllianceDesk.adml")
    strings = {each.attrib["id"] for each in words.iter(f"{SPACE}string") if each.text}
    assert set(re.findall(r"\$\(string\.(\w+)\)", template)) == strings
    shown = {
        each.attrib["id"]: {part.attrib["refId"] for part in each}
        for each in words.iter(f"{SPACE}presentation")
    }
    asked = {
        name: {each.attrib["id"] for each in policy.iterfind(f"{SPACE}elements/*")}
        for name, policy in policies().items()
        if "presentation" in policy.attrib
    }
    assert shown == asked


def test_both_examples_say_the_same() -> None:
    plain = tomllib.loads((FOLDER / "policy.toml").read_text("utf-8"))
    assert set(plain) <= set(RULES)
    text = (FOLDER / "policy.reg").read_text("utf-8").replace("\\\n", "").replace("\\\r\n", "")
    keys: dict[str, dict[str, object]] = {}
    for line in text.splitlines():
        if head := re.fullmatch(r"\[HKEY_LOCAL_MACHINE\\SOFTWARE(\\.+)\]", line):
            values = keys.setdefault("Software" + head[1], {})
        elif value := re.fullmatch(r'"(\w+)"=(?:dword:(\w+)|"(.*)"|hex\(7\):(.*))', line):
            name, number, words, listed = value.groups()
            if number is not None:
                values[name] = int(number, 16)
            elif words is not None:
                values[name] = words.replace("\\\\", "\\")
            else:
                whole = bytes.fromhex(listed.replace(",", "").replace(" ", "")).decode("utf-16-le")
                values[name] = whole.split("\0")[:-2]
    tables = {key.removeprefix(KEY + "\\"): values for key, values in keys.items() if key != KEY}
    assert plain_of({**keys[KEY], **tables}) == plain
