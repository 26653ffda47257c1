"""What becomes of what is kept: how long it stays, what must stay, what is kept of somebody, how it is removed."""
