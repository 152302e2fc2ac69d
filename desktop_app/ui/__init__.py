"""The window: Qt widgets that show the entry session and report what the user does."""
