"""The HTTP face of the simulated agencies: the same objects, for whoever tests integration.

`face` is the application, `bodies` and `problems` how it reads and refuses, `serving` the server.
"""
