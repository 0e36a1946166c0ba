# The service without a Postgres: DATABASE_URL names one. `docker compose up` brings both. It listens for other machines, so it needs
# a key before it starts: `docker run … task key add me --scope admin`.
FROM denoland/deno:2.9.6

WORKDIR /app
COPY deno.json deno.lock ./
RUN deno install
COPY main.ts ./
COPY src src
COPY workers workers
RUN mkdir reports && chown deno reports

USER deno
ENV HOST=0.0.0.0
EXPOSE 8000
HEALTHCHECK --interval=5s --timeout=5s --retries=12 \
  CMD ["deno", "eval", "Deno.exit((await fetch('http://127.0.0.1:8000/readyz')).ok ? 0 : 1)"]
CMD ["task", "start"]
