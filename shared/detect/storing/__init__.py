"""The log's documents: segments, hours, parts of snapshots, and what is completed before a commit."""
