"""Asks the portal in this container for a path and ends with 0 when it answers 200; needs no dependency."""

import os
import sys
from http.client import HTTPConnection
from urllib.parse import urlsplit

# The portal answers only to its own name.
host = urlsplit(os.environ.get("SITE_URL", "http://localhost")).netloc
connection = HTTPConnection("127.0.0.1", int(os.environ.get("PORT", "8000")), timeout=4)
connection.request("GET", sys.argv[1], headers={"Host": host, "X-Forwarded-Proto": "https"})
sys.exit(connection.getresponse().status != 200)
