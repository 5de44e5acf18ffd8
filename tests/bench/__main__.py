"""`make bench`: every figure is a ratio to a stated baseline that was measured in the same run."""

import sys

from tests.bench import auditing, commands, judging, past, rebuilding, store


def main() -> None:
    print("Tỷ lệ so với mốc đo trong cùng lần chạy / ratios to baselines of the same run\n")
    for bench in (commands.run, rebuilding.run, auditing.run, judging.run, past.run, store.run):
        for line in bench():
            print(line)
            sys.stdout.flush()


if __name__ == "__main__":
    main()
