"""kentongan.yaml: what is watched, where, for whom. Read with `read_config`, which reports all mistakes at once."""
