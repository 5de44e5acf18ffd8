"""`python -m tests.goldens`: write the goldens anew, and say what has changed."""

import json
import sys

from tests.goldens import DAYS, agreed, differences, file_of, made


def main() -> None:
    for committee in DAYS:
        before, after = agreed(committee), made(committee)
        changed = list(differences(before, after))
        for line in changed:
            sys.stdout.write(f"{committee} {line}\n")
        days = (
            f'  "{day}": {{\n'
            + ",\n".join(f"    {json.dumps(name)}: {json.dumps(one)}" for name, one in registers.items())
            + "\n  }"
            for day, registers in after.items()
        )
        file_of(committee).write_text("{\n" + ",\n".join(days) + "\n}\n", encoding="utf-8")
        sys.stdout.write(f"{committee}: {len(changed)} changed\n")


if __name__ == "__main__":
    main()
