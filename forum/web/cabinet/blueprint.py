"""The blueprint that the features of this area register their routes with."""

from flask import Blueprint

blueprint = Blueprint("cabinet", __name__)
