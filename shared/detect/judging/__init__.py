"""What follows from the counts: levels, watchwords, second opinions, and the words that say so."""
