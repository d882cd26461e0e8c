"""The organisers' room: programmes, what falls due when, and the heartbeat."""
