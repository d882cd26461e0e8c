"""The rehearsal: a bot, a local workspace and made-up people, played through a programme."""
