"""The local workspace's side of Slack: Web API, Socket Mode, limits and planned faults."""
