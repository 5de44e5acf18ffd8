#!/bin/sh
# Makes sure there is a RabbitMQ to use: AMQP_URI that answers, or the program installed. Starts nothing.
set -eu
cd "$(dirname "$0")/.."
. scripts/say.sh

reachable() { .venv/bin/python -m shared.bus.connection 2>/dev/null; }
installed() { .venv/bin/python -c 'import shared.bus.broker_files as f, sys; sys.exit(not (f.server_script() and f.epmd_program()))'; }

[ "${1:-}" = --private ] || [ -z "${AMQP_URI:-}" ] || ! reachable || exit 0
installed && exit 0
install_packages rabbitmq-server || true
installed || fail \
    "Cần RabbitMQ: hãy cài gói rabbitmq-server (apt-get install rabbitmq-server) hoặc đặt AMQP_URI tới một RabbitMQ đang chạy." \
    "RabbitMQ is needed: install the package rabbitmq-server, or set AMQP_URI to a RabbitMQ that runs."
