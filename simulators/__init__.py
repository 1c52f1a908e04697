"""A simulated country: agencies with registers, people, arrivals, and what drives them."""
