"""Calls Slack's Web API and interprets its answers."""
