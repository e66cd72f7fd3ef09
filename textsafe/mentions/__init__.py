"""Finders of what a sentence mentions (bodies, deadlines, sectors, orders), as plain functions."""
