"""The editor for text answers: Qt's document is only what is seen, the value is ``report.text``."""
