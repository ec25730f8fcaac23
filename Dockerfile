# The production image: the API, the workers and the migrations are one program.
FROM node:24-slim AS pages

WORKDIR /web
COPY web/package.json web/package-lock.json web/.npmrc ./
RUN npm ci
COPY web .
RUN npm run build

FROM python:3.13-slim

ENV PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /app

# Changes seldom, so it comes first: rebuilding after a change of code takes seconds.
COPY requirements.lock .
RUN pip install --require-hashes --only-binary :all: --requirement requirements.lock

COPY . .
COPY --from=pages /web/dist web/dist
RUN pip install --no-deps --no-build-isolation --config-settings editable_mode=compat --editable . \
    && python -m compileall -q . \
    && useradd --system --uid 10001 --no-create-home backoffice \
    && install --directory --owner=backoffice /data

USER backoffice
VOLUME /data
EXPOSE 8000
ENTRYPOINT ["backoffice"]
CMD ["api"]
