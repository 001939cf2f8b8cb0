// Nothing: golden sites hold what is computed, not the scripts of the built-in theme.
