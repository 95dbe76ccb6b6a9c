#!/bin/sh
# The same for any CI: 0 where nothing drifted, 1 where something did, 2 where it could not be told.
# Without DATABASE_URL only the files are compared with schema.json.
set -u
if [ -n "${DATABASE_URL:-}" ]; then
    cargo xtask codegen --check --allow "${ENTITREE_ALLOW:-none}"
else
    cargo xtask codegen --check --offline
fi
