"""Entry point of a Nameko service: `python -m shared.runtime.nameko_process package.module:ServiceClass`.

Nameko's own command patches threads too; under that patch gRPC streams never deliver and a store call
stops the whole process. Here threads stay native, and blocking calls go through `run_blocking`.
"""

import sys
import warnings


def main() -> None:
    """Patch first, then import everything else."""
    warnings.filterwarnings("ignore", message=r"\s*Eventlet is deprecated")
    import eventlet

    eventlet.monkey_patch(thread=False)
    from shared.runtime.nameko_service import serve_named

    serve_named(sys.argv[1:])


if __name__ == "__main__":
    main()
