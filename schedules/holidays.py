"""Which days are public holidays?

Days off are the subject of `bot/days_off.py`; this is the part of it that programmes ask for by country.
"""

from bot.days_off import public_holiday as holiday

__all__ = ["holiday"]
