# Eftertanke on Slack, without the local workspace. A tag can be moved: to run for months, write the digest of the image you have looked
# at behind it, in both places (python:3.11-slim-bookworm@sha256:…). Without internet, put the wheels that
# `pip download --require-hashes -r requirements-production.txt -d wheels` brings into wheels/, and build with --build-arg PIP_NO_INDEX=1.

FROM python:3.11-slim-bookworm AS packages
ARG PIP_NO_INDEX PIP_INDEX_URL PIP_CERT
COPY requirements-production.txt wheel[s] /wheels/
RUN python -m venv /opt/eftertanke/.venv \
 && /opt/eftertanke/.venv/bin/python -m pip install --quiet --no-cache-dir --disable-pip-version-check --find-links /wheels \
    --require-hashes --requirement /wheels/requirements-production.txt \
 && /opt/eftertanke/.venv/bin/python -m pip uninstall --quiet --yes pip setuptools

FROM python:3.11-slim-bookworm
RUN groupadd --gid 10001 eftertanke \
 && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /var/lib/eftertanke --shell /usr/sbin/nologin eftertanke \
 && install --directory --owner=eftertanke --group=eftertanke --mode=0700 /var/lib/eftertanke /var/backups/eftertanke
WORKDIR /opt/eftertanke
COPY --from=packages /opt/eftertanke/.venv .venv
COPY bot bot
COPY handlers handlers
COPY schedules schedules
RUN chmod -R a+rX bot handlers schedules \
 && .venv/bin/python -m compileall -q bot handlers schedules
# Where data lies. Tokens and key come as files when it runs, and stand in no layer.
ENV DATABASE_URL=sqlite:////var/lib/eftertanke/eftertanke.sqlite \
    DATA_DIR=/var/lib/eftertanke \
    HEALTH_PORT=9464
USER 10001:10001
VOLUME ["/var/lib/eftertanke", "/var/backups/eftertanke"]
STOPSIGNAL SIGTERM
# Asked of the page itself: a proxy of the environment's would not know this machine's loopback address.
HEALTHCHECK --interval=30s --timeout=5s --start-period=3m --retries=3 CMD [".venv/bin/python", "-c", \
    "from http.client import *; import os; c = HTTPConnection('127.0.0.1', os.environ['HEALTH_PORT'], 4); \
c.request('GET', '/healthz'); exit(c.getresponse().status != 200)"]
ENTRYPOINT [".venv/bin/python", "-m", "bot"]
CMD ["run"]
