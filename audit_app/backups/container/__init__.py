"""The file a backup is: how it is written and read as a stream, what it says of itself, how it is enciphered."""
