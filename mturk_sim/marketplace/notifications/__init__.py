"""Notifications: word of what happens, sent to queues, topics and mailboxes (NTF-01 to NTF-21).

`records` are the settings and the messages, `notifier` makes the messages and sees them off.
"""
