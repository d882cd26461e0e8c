"""What makes a programme file right: its shape, its rules, and words for what is wrong with it."""
