"""What the service removes by itself after a time that a setting says, as it holds no record of a child."""
