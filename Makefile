.DEFAULT_GOAL := help
.PHONY: help run test faults bench lint docs lock clean venv

help:
	@echo 'bcd: chạy Quy chế làm việc của Ban Chỉ đạo / runs the regulation of a steering committee'
	@echo
	@echo '  make run           chạy toàn hệ thống trên máy này / run the whole system on this machine'
	@echo '  make run DEMO=1    chạy với một năm giả định của tỉnh Mẫu / run with an invented year of tỉnh Mẫu'
	@echo '  make run RESET=1   xóa dữ liệu cũ rồi chạy / delete the data folder first'
	@echo '  make test          mọi kiểm tra và kiểm thử / all checks and tests'
	@echo '  make faults        thử sự cố kho sự kiện, khoảng 20 phút (ROUNDS=20: nhanh hơn) / faults of the event store, some 20 minutes'
	@echo '  make bench         đo tốc độ / measure speed'
	@echo '  make lint          kiểm tra mã nguồn / check the source'
	@echo '  make docs          ghi lại tài liệu lập từ mã nguồn / write the documents that come from the code'
	@echo '  make venv          dựng .venv theo requirements.lock / make .venv from the lock file'
	@echo '  make lock          cập nhật requirements.lock / renew the lock file'
	@echo '  make clean         xóa .venv và tệp tạm, giữ dữ liệu / remove .venv and caches, keep the data'
	@echo
	@echo '  Cần Python 3.11; phần còn lại được tự cài nếu có quyền. / Needs Python 3.11; the rest is'
	@echo '  installed where rights allow. Biến môi trường / settings: shared/settings.py'

venv:
	@scripts/venv.sh

run: venv
	@scripts/rabbitmq.sh
	@exec .venv/bin/bcd run $(if $(filter 1 yes true,$(RESET)),--reset) $(if $(filter 1 yes true,$(DEMO)),--demo)

test: venv
	@scripts/rabbitmq.sh --private
	@scripts/postgresql.sh
	@scripts/test.sh

faults: venv
	@scripts/faults.sh
	@.venv/bin/pytest tests/faults -rs --durations=0 --durations-min=1

bench: venv
	@scripts/rabbitmq.sh --private
	@.venv/bin/python -m tests.bench

lint: venv
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy
	@.venv/bin/lint-imports

docs: venv
	@.venv/bin/python -m tests.documents

lock: venv
	@scripts/lock.sh

clean:
	@rm -rf .venv build *.egg-info .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
