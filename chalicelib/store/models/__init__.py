"""The tables, one module per subject. Import the module you need: each costs time at a cold start."""
