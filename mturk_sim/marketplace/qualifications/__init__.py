"""Qualifications: their types, requests for them, who holds them, and how that changes."""
