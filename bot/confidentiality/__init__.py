"""The rules that keep people's answers confidential. They are pure wherever possible."""
