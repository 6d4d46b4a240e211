"""The desk stage, the only public writer: what people say and do by signed links becomes facts for detect; what they bring in, or
a system sends, mentions. It publishes; it never touches the store.

Looking (GET) never does anything, because mail scanners and link previews look at every link. Sending (POST) publishes. Whatever
is wrong with a token, the page is the same, so that no page tells whether a token ever existed; who tries many has to wait.
"""

from shared.desk.answering import answer, fact
from shared.desk.door import respond
from shared.desk.pace import Pace
from shared.desk.pages import HEADERS, Page

__all__ = ["HEADERS", "Pace", "Page", "answer", "fact", "respond"]
