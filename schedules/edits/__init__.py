"""Edits of programme files that keep every other byte."""
