"""What every response tells the browser not to do."""

from __future__ import annotations

from typing import Final

from flask import Flask, Response, request

from forum.web.navigation import safe_path

_CSP: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-src 'self'",
        "frame-ancestors 'self'",
        "manifest-src 'self'",
        "base-uri 'none'",
    )
)


def register_headers(app: Flask) -> None:
    app.after_request(_stay_here)
    app.after_request(_harden)


def _stay_here(response: Response) -> Response:
    """No redirect names a host: what a request calls this one may be a lie that a cache keeps."""
    target = response.location
    if target and (not target.startswith("/") or safe_path(target) is None):
        response.location = safe_path(target) or "/"
        response.set_data("")  # it repeats the address
    return response


def _harden(response: Response) -> Response:
    headers = response.headers
    headers.setdefault("Content-Security-Policy", _CSP)
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("X-Frame-Options", "SAMEORIGIN")
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    headers.setdefault("Permissions-Policy", "camera=(self), geolocation=(), microphone=()")
    if request.is_secure:
        headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
    if request.endpoint != "static" or response.status_code >= 400:
        # Not a default: ``send_file`` has set the year that is meant for static files.
        headers["Cache-Control"] = "no-store"
    return response
