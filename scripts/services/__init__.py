"""A private PostgreSQL and Valkey (or Redis) for demo, tests and benchmarks; never for production.

``start`` gives both servers and the addresses the portal reads; they end with the process that started them,
also when it is killed. They listen on unix sockets only, in a folder that no other user may enter.
"""

from scripts.services.instance import Services, restart_valkey, running, start
from scripts.services.processes import ServiceError

__all__ = ["ServiceError", "Services", "restart_valkey", "running", "start"]
