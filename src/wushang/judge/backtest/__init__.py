"""历史试算: what a rule would have said over a past span, on what was known then, and what became of it.

`clock` says what was known on a day, `cube` which units were judged, `states` what came out (the compiled columns of
`judging`, over unit × day at once), `pieces` what would have been sent, `later` who was hurt afterwards, `ranking` the
same number of letters by shrunk rates, `report` all of it with its digest.
"""
