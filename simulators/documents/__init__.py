"""The agencies' papers as PDF files, each plainly stamped as simulated.

`forms` says what stands on a paper (from a row of an agency's register), `templates` how it looks;
`rendering` makes the file of it, `filing` keeps files for the run, and `references` finds and
checks those of a case.
"""
