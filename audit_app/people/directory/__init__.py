"""The people of a council: roles, teams and managers with dates, invitations, and handing over when they leave."""
