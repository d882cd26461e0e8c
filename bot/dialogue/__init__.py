"""What is the dialogue, whoever asks?

One subject a module; each function is handed the session it works in and the moment it is.
"""
