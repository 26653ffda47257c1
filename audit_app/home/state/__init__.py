"""How the installation is: for the page, and for the administrators who are told when something goes wrong."""
