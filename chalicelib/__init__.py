"""Tiza's library: everything behind the routes and workers of `app.py`."""
