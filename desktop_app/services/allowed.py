"""What the policy of this computer lets people do."""

from __future__ import annotations

from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _
from desktop_app.runtime.policy import Feature, policy


class SwitchedOffError(DeskError):
    """The policy of this computer does not let it be done."""


def is_allowed(feature: Feature) -> bool:
    """Whether the policy leaves it on."""
    return feature not in policy().disabled


def refuse_switched_off(feature: Feature) -> None:
    """SwitchedOffError where the policy has switched it off."""
    if not is_allowed(feature):
        sentence = _("Your IT department has switched this off: {feature}.")
        raise SwitchedOffError(sentence.format(feature=feature_words(feature)))


def feature_words(feature: Feature) -> str:
    """What it is, in words."""
    return {
        Feature.IMPORT: _("bringing in old reports and packages"),
        Feature.ATTACHMENTS: _("attaching files"),
        Feature.PUBLIC_COPY: _("public copies"),
        Feature.ENCRYPTION: _("encrypting packages"),
        Feature.FORM_DELIVERIES: _("installing forms"),
    }[feature]


def switched_off_words() -> str:
    """What stands beside something that the policy has switched off."""
    return _("Switched off by your IT department.")
