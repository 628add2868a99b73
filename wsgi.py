"""What gunicorn and ``flask`` start."""

from forum import create_app

app = create_app()
