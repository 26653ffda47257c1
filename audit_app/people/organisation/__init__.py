"""The council's services, teams and posts, each with the dates between which it was so."""
