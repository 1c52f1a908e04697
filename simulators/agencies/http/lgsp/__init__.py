"""What a province reaches through its LGSP: civil status, social insurance, the catalogues.

`faults` holds the error codes and texts, `books` and `letters` what the paths read, and every other
module the paths of one system.
"""
