"""Practice mode (练习): the simulated city, replayed month by month through the same doors that real data take.

Nothing here writes a row of its own: files go through collect, rules through approval, letters through signatures.
"""
