"""A simulated province: the one-stop desk's job between DVCLT, its own register and the portal.

What a provincial dossier system does, over the same paths as any: it fetches what waits at DVCLT,
opens the dossier in the one-stop's register, acknowledges it, reports its status codes in the
compulsory order, and tells the portal. One job and one account work for all one-stops of the
country. It keeps nothing of its own: what is open stands in the register, so that a job that was
killed goes on where it stopped.

`job` is that work, `reports` what is told of an outcome, `dvclt` and `portal` the two it is told
to, `passage` the way to a one-stop through all of that without a socket.
"""
