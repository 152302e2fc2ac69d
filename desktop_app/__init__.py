"""Alliance Desk: national reports to an international secretariat, written offline."""

__version__ = "0.1.0"
