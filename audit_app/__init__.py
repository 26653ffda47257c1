"""The rooms: pages, paper, spreadsheets and commands over the two libraries `frameworks` and `findings`."""
