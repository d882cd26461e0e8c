"""Remarks on the wording of questions."""
