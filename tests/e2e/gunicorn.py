"""gunicorn for the browser tests: one process, few threads."""

workers = 1
worker_class = "gthread"
threads = 4
accesslog = None
