"""What operators' commands share: whom they ask for, what they write about a person, and the word they need first."""
