"""Who uses the product: authorities, services, teams, posts, people, and who may open which door."""
