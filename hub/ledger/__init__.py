"""The verifier: what a run must have left behind, held against what the stores hold."""
