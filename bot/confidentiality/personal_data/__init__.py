"""The personal-data filter finds words that may point at a person. It holds texts, never masks them, and knows no database."""

from bot.confidentiality.personal_data.filter import Filter, load_filter
from bot.confidentiality.personal_data.findings import FilterReading, FindingKind, Hold
from bot.confidentiality.personal_data.roster_words import words_of_name

__all__ = ["Filter", "FilterReading", "FindingKind", "Hold", "load_filter", "words_of_name"]
