"""The workshop of learning: what a student is believed to know. Pure functions, no I/O, no framework."""
