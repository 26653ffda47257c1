"""One moment of the database as a file of its own: SQLite by its backup, PostgreSQL by its own tools."""
