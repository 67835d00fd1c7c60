"""What the world says of requirements: answers of addresses, feedback, consultations, readers.

They name packages and requirements by their labels: the room beside imports them.
"""
