"""The engine of Eftertanke: what the dialogue is, whoever asks."""
