"""The dialogue: people, lists, rounds, digests and answers, one subject a module.

Each function is handed the session it works in and the present moment.
"""
