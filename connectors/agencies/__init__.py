"""One connector a system: an agency's own records and codes to events and back."""
