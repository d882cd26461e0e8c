"""With which key do the tests seal?"""

from __future__ import annotations

from typing import Final

KEY: Final = "VGVzdHMgb3BlbiBub3RoaW5nIHdpdGggdGhpcyBrZXk="  # for databases that hold nothing of anybody
