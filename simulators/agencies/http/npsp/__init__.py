"""The National Public Service Portal as a province's dossier system speaks with it: by sessions.

`desk` is what the portal keeps and answers, `face` the two paths.
"""
