"""What officers do: each kind of deed, what is remembered of it, and what it changes."""
