"""Tells whether the bot lives and works: its signs of life, the health page, its figures, and a watchdog that ends a frozen process.

It serves whoever keeps the machine running. Nothing here tells what one person did.
"""
