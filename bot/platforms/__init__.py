"""The chat platforms, one package each.

Each package implements `bot.seam.platform.Platform`; no other code knows the platform's vendor.
"""
