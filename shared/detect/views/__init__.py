"""What pages read, made from the state."""
