#!/usr/bin/env bash
# Draws the secrets that docker-compose.yml names, each once: a file that is there stays as it is. Nothing is printed but names.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# The containers' users (the hub is 1654, InfluxDB 1000, Grafana 472) read them as files mounted one by one; the folder keeps everybody
# else on this machine out.
mkdir -p secrets
chmod 700 secrets

random() { od -An -v -N "$1" -t x1 /dev/urandom | tr -d ' \n'; }
sha256() { if command -v sha256sum >/dev/null; then sha256sum; else shasum -a 256; fi | cut -d ' ' -f 1; }

missing() { [[ ! -s "secrets/$1" ]]; }
write() {
    (umask 377 && cat >"secrets/$1.new")
    chmod 444 "secrets/$1.new"
    mv -f "secrets/$1.new" "secrets/$1"
    echo "secrets/$1"
}

if missing postgres_password; then
    random 32 | write postgres_password
    rm -f secrets/postgres_connection
fi
if missing postgres_connection; then
    printf 'Host=postgres;Database=metricshub;Username=metricshub;Password=%s' "$(cat secrets/postgres_password)" | write postgres_connection
fi
if missing influx_password; then random 32 | write influx_password; fi
if missing influx_token; then random 32 | write influx_token; fi
if missing grafana_password; then random 16 | write grafana_password; fi

# A key of the hub's form, which it is told before Grafana starts (docs/access.md).
if missing grafana_key; then
    key="$(random 4)_$(random 32)"
    checksum="$(printf '%s' "$key" | sha256)"
    printf 'mh_%s_%s' "$key" "${checksum:0:8}" | write grafana_key
fi

# Yours to write; where it is missing the container engine would make it, and root its owner.
mkdir -p data/catalogue
