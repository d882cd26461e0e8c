"""The wiring: how the rooms become one running bot, for the commands and the rehearsal."""
