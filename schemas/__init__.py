"""The published language: events, identifiers, payloads, rights and domain data, all pure."""
