"""The compliance view (D12.1): for each clause and quarter how it was kept, with the events that prove it.

Pure: from the events of one committee and a day. What is judged: the checks, one module per subject; to add
one, a function in its module and its line in `checks.py`.
"""
