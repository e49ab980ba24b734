"""Review policies: what a requester lets the service do with work by itself (RVP-01 to RVP-50).

`policies` are the two as values, `scoring` compares answers, `running` runs the policies, `actions` does what follows
and `results` words what was found; `records` is what is kept of it all.
"""
