"""One shape for the log lines of every process: JSON, one object a line, on standard error."""

import logging
import sys
from typing import Any, Final

import structlog

NOISY: Final = ("amqp", "kombu")
"""Libraries whose lines below WARNING say nothing to an operator."""


class ExpectedErrors(logging.Filter):
    """Nameko logs an expected error of a worker (a refusal, say) with a whole traceback: keep one line."""

    def filter(self, record: logging.LogRecord) -> bool:
        if str(record.msg).startswith("(expected)"):
            record.levelno, record.levelname = logging.INFO, "INFO"
            record.exc_info = None
        return True


def configure_logs(process: str, level: str) -> None:
    """Log lines of our code and of the libraries alike, with UTC time, level and the process's name."""

    def name(_logger: Any, _method: str, line: structlog.types.EventDict) -> structlog.types.EventDict:
        return {"process": process, **line}

    shared: list[structlog.types.Processor] = [
        name,
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[structlog.stdlib.ExtraAdder(), *shared],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(ensure_ascii=False, default=str),
            ],
        )
    )
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.getLogger("nameko.containers").addFilter(ExpectedErrors())
    for library in NOISY:
        logging.getLogger(library).setLevel(logging.WARNING)
