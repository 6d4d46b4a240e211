"""Lists that the project brings along: regions, ministries, units, feeds; and the names of offices that follow from a region."""
