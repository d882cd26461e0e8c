"""The rules that keep people's answers confidential, as pure functions wherever possible."""
