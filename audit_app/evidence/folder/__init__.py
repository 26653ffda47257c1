"""The evidence folder, kept warm all year: its entries and the evidence under each; packs are put together from it."""
