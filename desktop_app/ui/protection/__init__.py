"""What the window shows about the passphrase of a report file."""
