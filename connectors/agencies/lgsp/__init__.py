"""The civil-status system as a province reaches it: over its LGSP, in that system's own messages.

`messages` is what the two sides send each other, `agency` the adapter of the agency port that
sends it: one request each, results polled in threes.
"""
