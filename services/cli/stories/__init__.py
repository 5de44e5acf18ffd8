"""Stories: acts of a committee as data, told to the services day by day, with a clock that goes along.

`reading.py` reads the files, `patterns.py` expands what repeats, `checking.py` holds every step against its
command before anything is sent, `values.py` puts in what only the telling knows, `telling.py` tells. None of
them knows the regulation: whether an act is let through is for the services to say.
"""
