"""Officers' pages: what waits for them, and forms that lead to the desk stage, which publishes them. Nothing is written here.

Addresses begin with `/meja/<token>`: the token is a person's signed link, and the only permission that counts here.
"""

from shared.dashboard.desk.routes import blueprint

__all__ = ["blueprint"]
