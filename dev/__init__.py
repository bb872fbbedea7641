"""What only a developer's machine runs. Nothing that ships imports from here."""
