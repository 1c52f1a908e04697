# lienthong with its command as entrypoint. Base image: tag for people, digest for the builder.
FROM python:3.13.16-slim-trixie@sha256:3dd7cc108ec1493442514f5c2a871af6af0ec31d768ff6e378a93340c3b3db5f AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_ROOT_USER_ACTION=ignore
RUN python -m venv /opt/lienthong
WORKDIR /src
# The locked packages first: they change less often than the code.
COPY requirements-image.lock ./
RUN /opt/lienthong/bin/pip install --require-hashes --only-binary :all: -r requirements-image.lock
COPY pyproject.toml README.md LICENSE ./
COPY schemas ./schemas
COPY connectors ./connectors
COPY hub ./hub
COPY simulators ./simulators
RUN /opt/lienthong/bin/pip install --no-deps --no-build-isolation . \
    && /opt/lienthong/bin/pip uninstall --yes setuptools pip

FROM python:3.13.16-slim-trixie@sha256:3dd7cc108ec1493442514f5c2a871af6af0ec31d768ff6e378a93340c3b3db5f
RUN groupadd --gid 10001 lienthong \
    && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /var/lib/lienthong lienthong \
    && install --directory --owner 10001 --group 10001 --mode 0750 /var/lib/lienthong
COPY --from=build /opt/lienthong /opt/lienthong
ENV PATH=/opt/lienthong/bin:/usr/local/bin:/usr/bin:/bin \
    LIENTHONG_HOME=/var/lib/lienthong \
    PYTHONUNBUFFERED=1
WORKDIR /var/lib/lienthong
USER 10001:10001
ENTRYPOINT ["lienthong"]
CMD ["--help"]
