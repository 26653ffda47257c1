"""What needs a person today, the dashboard, what they were told, and the log as sentences."""
