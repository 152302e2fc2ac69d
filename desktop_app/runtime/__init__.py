"""What every layer stands on: paths, settings, safe files, messages, logs."""
