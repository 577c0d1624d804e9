#!/usr/bin/env bash
# Run once by the PostgreSQL image on an empty volume: one database and one role for each service; no role can open
# another's database. Passwords come from the environment of the container.
set -euo pipefail

if compgen -G "${PGDATA:-/none}/../before-*" > /dev/null; then
  echo "beside $PGDATA lies data that a restore has put aside: no empty databases are made here" >&2
  exit 1
fi

literal() {
  printf "'%s'" "${1//\'/\'\'}"
}

statements() {
  local name variable
  echo "REVOKE CONNECT, TEMPORARY ON DATABASE postgres, template1 FROM PUBLIC;"
  for name in identity policy eldercare subsidy pharmacy; do
    variable="${name^^}_DB_PASSWORD"
    echo "CREATE ROLE $name LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD $(literal "${!variable:?}");"
    echo "CREATE DATABASE $name OWNER $name;"
    echo "REVOKE CONNECT, TEMPORARY ON DATABASE $name FROM PUBLIC;"
  done
}

run() {
  psql --no-psqlrc --quiet -v ON_ERROR_STOP=1 --username "${POSTGRES_USER:-postgres}" --dbname "$1"
}

statements | run postgres
# only a superuser may create these; the service's own migrations find them there
echo "CREATE EXTENSION cube; CREATE EXTENSION earthdistance;" | run pharmacy
