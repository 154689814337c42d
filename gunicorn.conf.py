"""How gunicorn serves the portal, here and in production; every number can be set by the environment."""

import os

# Read by the settings, which load after this file: one pooled connection a thread.
threads = int(os.environ.get("WEB_THREADS", "4"))
os.environ.setdefault("DATABASE_POOL_SIZE", str(threads))

wsgi_app = "promotori.wsgi:application"
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
bind = os.environ.get("WEB_BIND", f"127.0.0.1:{os.environ.get('PORT', '8000')}")

# Loaded once and shared by the workers; nothing may open a connection while the portal is imported.
preload_app = True

# WeasyPrint does not give memory back: a worker is replaced before that matters, and not all at once.
max_requests = int(os.environ.get("WEB_MAX_REQUESTS", "2000"))
max_requests_jitter = max_requests // 10
timeout = 60
graceful_timeout = 30
keepalive = 5
# A search of 10,000 letters gets a page of the portal's; core.pages refuses what is longer still, in its own words.
limit_request_line = 0
# Nobody commands it while it runs; its socket would be a folder in somebody's home.
control_socket_disable = True
# A heartbeat file on a slow disk would stop the worker.
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108, PTH112

# Addresses of visitors are personal data: no access log unless asked for.
accesslog = os.environ.get("WEB_ACCESS_LOG") or None
errorlog = "-"
loglevel = os.environ.get("WEB_LOG_LEVEL", "info")
