"""Training of the shipped models from ../shared/data. Nothing here is needed at run time; see requirements-training.txt."""
