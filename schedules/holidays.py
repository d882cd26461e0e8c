"""Public holidays of a country, from `bot/days_off.py`, as programmes name them."""

from bot.days_off import public_holiday as holiday

__all__ = ["holiday"]
