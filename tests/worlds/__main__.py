"""``python -m tests.worlds``: run every world and print the score; ends with 1 when an unmarked world is wrong."""

import sys

from tests.worlds.baselines import curls, library
from tests.worlds.pool import examined, on_each
from tests.worlds.score import lines
from tests.worlds.table import WORLDS


def main() -> int:
    judged = on_each(examined, WORLDS)
    told = {"two curls": on_each(curls, WORLDS), "requests-oauthlib": on_each(library, WORLDS)}
    sys.stdout.write("\n".join((*lines(judged, told), "")))
    return int(any(each.problems and not WORLDS[name].wrong for name, each in judged.items()))


if __name__ == "__main__":
    sys.exit(main())
