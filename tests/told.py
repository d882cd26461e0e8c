"""What are people of made-up programmes told before they are asked? The six items, as a value and as a programme file says them."""

from __future__ import annotations

from dataclasses import fields

from bot.programme import Information, Text

ITEMS = [each.name for each in fields(Information)]
TOLD = Information(**{item: Text(da=f"Om {item}.", en=f"About {item}.") for item in ITEMS})
TOLD_IN_A_FILE = "information:\n" + "".join(f'  {item}: {{da: "Om {item}.", en: "About {item}."}}\n' for item in ITEMS)
