"""The seam between the engine and a chat platform: messages out, actions in, answers back at once."""
