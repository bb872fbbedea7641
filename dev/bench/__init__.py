"""Measurements: what a release promises in numbers. They print; they assert nothing about time."""
