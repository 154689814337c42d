# The portal's image: build with the compiler and pip, run with neither root nor development tools.
ARG PYTHON_VERSION=3.11

FROM python:${PYTHON_VERSION}-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PYTHONDONTWRITEBYTECODE=1
RUN python -m venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH
WORKDIR /app
# Dependencies first: they change less often than the code, and only as the lock's hashes allow.
COPY requirements.txt .
RUN pip install --require-hashes --requirement requirements.txt
COPY . .
# Translations and static files belong to the release, so no container has to make them at its start. The
# environment below exists for this step alone: demo mode, no server is contacted.
RUN python scripts/messages.py compile \
 && env PORTAL_MODE=demo SECRET_KEY=demo-only-image-build DATABASE_URL=postgresql:///none \
        REDIS_URL=redis://none/0 STATIC_ROOT=/app/static-built \
        python manage.py collectstatic --noinput --verbosity 0 \
 && rm -rf scripts tests

FROM python:${PYTHON_VERSION}-slim-bookworm
COPY scripts/system_packages.txt /tmp/system_packages.txt
RUN apt-get update \
 && grep -v '^#' /tmp/system_packages.txt | xargs apt-get install -y --no-install-recommends \
 && rm -rf /var/lib/apt/lists/* /tmp/system_packages.txt \
 && useradd --system --uid 10001 --home-dir /app --shell /usr/sbin/nologin portal \
 && install -d -o portal -g portal /srv/media /srv/beat
COPY --from=build /opt/venv /opt/venv
COPY --from=build /app /app
ARG RELEASE=dev
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    XDG_CACHE_HOME=/tmp \
    STATIC_ROOT=/app/static-built \
    MEDIA_ROOT=/srv/media \
    RELEASE=${RELEASE}
WORKDIR /app
USER portal
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s CMD ["python", "compose/healthcheck.py", "/healthz"]
# Only the container's own network reaches it; outside containers gunicorn listens on loopback.
ENV WEB_BIND=0.0.0.0:8000
CMD ["gunicorn"]
