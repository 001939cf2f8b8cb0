// Nothing: golden sites hold what is computed, not the script of the built-in theme.
