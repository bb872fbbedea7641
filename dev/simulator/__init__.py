"""Simulated students, as `docs/simulator.md` has them: what the choice of exercises is tried on.

Apart from what it is to try: nothing of `chalicelib.learning` is used here, and a test holds that.
"""
