"""Which rules keep people's answers confidential? Pure wherever it can be."""
