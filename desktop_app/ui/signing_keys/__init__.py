"""The page of keys: the own one, which signs what goes out, and those of others."""
