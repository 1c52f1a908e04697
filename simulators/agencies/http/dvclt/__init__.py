"""The dossier hub of the linked services (DVCLT), as a provincial system meets it.

`statuses` is the law of the status codes, `tray` what waits for the provinces and how far each has
come, `hotich` the dossier as XML, `face` the paths.
"""
