"""Tells whether the bot lives and works.

Here are its signs of life, the health page, its figures, and a watchdog that ends a frozen process. They serve whoever keeps the machine
running. Nothing here tells what one person did.
"""
