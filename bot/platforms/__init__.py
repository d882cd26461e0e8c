"""Which chat platforms can the dialogue be held on?

One package each; each implements `bot.seam.platform.Platform`, and nobody else knows a vendor.
"""
