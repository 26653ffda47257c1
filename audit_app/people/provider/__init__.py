"""Sign-in through the council's own provider (OpenID Connect): asked, believed, linked to accounts, signed out of."""
