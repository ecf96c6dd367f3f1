"""What commands print, read as strictly as other programs do."""

import json


def strictly(text):
    """JSON as the standard has it, without the words for what is no number."""

    def refuse(word):
        raise AssertionError(f"{word} is no JSON")

    return json.loads(text, parse_constant=refuse)
