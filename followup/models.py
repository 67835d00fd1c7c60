"""Follow-up of contracts and goals: its models come with their pages."""
