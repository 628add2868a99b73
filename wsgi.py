"""What gunicorn and ``flask`` start.

What is imported stays to the end, so the garbage collector need not go over it again and again: that
would be almost half of the time in which the program starts.
"""

import gc

gc.disable()

from forum import create_app  # noqa: E402

app = create_app()

gc.freeze()
gc.enable()
