"""The demonstration: a fictional regency's news, served as real feeds on this computer, with its own clock."""
