"""Being reminded outside the service: an e-mail on working mornings, and due dates as a calendar file."""
