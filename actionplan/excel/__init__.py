"""Excel, in and out: columns, lists, imports, writers; here is what the admin's front asks."""
