"""Slack's Web API: how it is called, and what its answers mean to us."""
