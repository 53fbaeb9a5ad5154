"""Families of golden cases; each module has a function `cases(g)` that adds its own to a Family."""
