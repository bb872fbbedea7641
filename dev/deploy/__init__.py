"""Brings Tiza to AWS and back: what `chalice deploy` alone leaves out. Never shipped."""
