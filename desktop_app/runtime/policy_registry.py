"""The policy as the registry of Windows holds it, where a domain sets it for all its computers."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any

from desktop_app.runtime.policy_rules import RULES, Kind

KEY = r"Software\Policies\Alliance Desk"
PLACE = rf"HKEY_LOCAL_MACHINE\{KEY}"


def read_registry() -> dict[str, object] | None:
    """The values of the key by name, and those of the keys below it as tables; None without such a key.

    OSError when it may not be read.
    """
    if sys.platform == "win32":
        import winreg

        # The same place for programs of 32 and of 64 bits.
        access = winreg.KEY_READ | winreg.KEY_WOW64_64KEY

        def values(key: winreg.HKEYType) -> dict[str, object]:
            listed = (winreg.EnumValue(key, number) for number in range(winreg.QueryInfoKey(key)[1]))
            return {name: value for name, value, _kind in listed}

        try:
            with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, KEY, 0, access) as key:
                found = values(key)
                for number in range(winreg.QueryInfoKey(key)[0]):
                    name = winreg.EnumKey(key, number)
                    with winreg.OpenKey(key, name, 0, access) as table:
                        found[name] = values(table)
                return found
        except FileNotFoundError:
            return None
    return None


def plain_of(values: Mapping[str, object]) -> dict[str, Any]:
    """The values of the registry as the policy file would have them.

    True and false are 1 and 0 (REG_DWORD), lists are REG_MULTI_SZ or a key of their own with a value for
    each entry, tables are keys of their own. Upper and lower case of names make no difference.
    """
    return {_name(name): _value(_name(name), value) for name, value in values.items()}


def _name(name: str) -> str:
    return name.lower() if name.lower() in RULES else name


def _value(name: str, value: object) -> object:
    kind = RULES[name].kind if name in RULES else None
    if kind is Kind.FLAG and value in (0, 1):
        return bool(value)
    if kind is Kind.TABLE and isinstance(value, Mapping):
        return {str(each).lower(): number for each, number in value.items()}
    if kind is Kind.LIST:
        if isinstance(value, str):
            return [value] if value else []
        if isinstance(value, Mapping):
            return [value[each] for each in sorted(value, key=_order)]
        if isinstance(value, list):
            return [each for each in value if each != ""]
    return value


def _order(name: str) -> tuple[int, str]:
    """Entries of a list are called 1, 2, ... 10."""
    return (int(name), "") if name.isdecimal() else (sys.maxsize, name)
