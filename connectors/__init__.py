"""What a system needs to take part (`runtime`), and one connector a system (`agencies`)."""
