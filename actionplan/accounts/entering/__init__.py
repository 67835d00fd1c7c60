"""What a log-in asks for and remembers, on top of django-allauth."""
