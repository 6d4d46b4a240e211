"""What is counted and kept on file: hours of agencies, files of issues, the health of sources, evidence."""
