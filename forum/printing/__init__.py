"""Papers: frozen documents in, PDF bytes out. A library that knows neither web nor tables.

``documents`` says what is on a paper, ``sheets`` on what it is printed, ``pdf`` makes the bytes and
``preflight`` tells beforehand what would come out badly.
"""
