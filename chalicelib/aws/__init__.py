"""Thin clients of AWS services, created on first use."""
