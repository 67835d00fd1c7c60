"""What stands in workbooks that people send. Pure: no Django, no database."""
