"""The one-stops of the country as DVCLT reaches them: a province fetches its linked dossiers there.

`messages` is what the hub leaves at DVCLT for a province and hears back, `agency` the adapter of
the agency port that does so.
"""
