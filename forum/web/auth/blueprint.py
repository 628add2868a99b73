"""The blueprint that the features of this area register their routes with."""

from flask import Blueprint

blueprint = Blueprint("auth", __name__)
