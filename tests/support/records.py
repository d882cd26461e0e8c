"""Records of digests as they are exported, made up without a database: the fullest week, a silent one, a draft, an old one, a report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from bot.dialogue.digests.digest_content import checksum, text_checksum

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.dialogue.digests.digest_content import BothLanguages, Content, ThemeFigures, WishFate
    from bot.dialogue.papers.record import QuoteOnRecord, Record

SENDER: BothLanguages = {"da": "Randers Kommune, Børn og Skole", "en": "Randers Municipality, Children and Schools"}
TITLE: BothLanguages = {"da": "Efter lederkonferencen", "en": "After the leadership conference"}
QUOTES = (
    "Vi mangler faste vikarer, så børnene kender den voksne, der er der, når vi er syge.",
    "Møderne er for mange og for lange, og imens står børnene og venter på os derhjemme.",
    "Jeg savner tid til at planlægge sammen med mine kolleger, før ugen begynder.",
)


def theme(name: str, da: str, en: str, people: int | None = 35, **more: Any) -> ThemeFigures:
    """A theme of a week that many answered."""
    asks = [
        {
            "da": f"Hvad skal der til, for at {da.lower()} bliver en del af hverdagen hos jer, og hvem skal gøre hvad for at komme i gang?",
            "en": f"What does it take for {en.lower()} to become a part of your everyday work, and who has to do what to get going?",
        }
    ]
    words = [{"word": word, "people": 20 - 5 * place} for place, word in enumerate(("vikarer", "møder", "kolleger"))]
    figures = {"people": people, "wishes": people and 15, "participation": people and "20", "words": words if people else []}
    return cast("ThemeFigures", {"theme": name, "title": {"da": da, "en": en}, "asks": asks, **figures, **more})


TRUST = theme("trust", "Tillid i hverdagen", "Trust every day")
TIME = theme("time", "Tid til kerneopgaven", "Time for the core task", words=[])
SAID = "Vi finder penge til to faste vikarer i hvert distrikt fra nytår og fortæller jer i oktober, hvordan de bliver fordelt."


def fate(week: int, state: str, **more: Any) -> WishFate:
    """What became of the wishes of a week."""
    named = {"digest": week - 33, "digest_id": week - 33, "theme_id": "trust", "week": f"2018-W{week}", "weeks": max(0, 37 - week)}
    return cast("WishFate", {**named, "theme": TRUST["title"], "shared": ["vikarer", "møder"], "state": state, **more})


FATES = (
    fate(34, "overdue", words=SAID, due="2018-09-07", changed=True, promise=4),
    fate(35, "waiting"),
    fate(36, "taken_up", words="Vi ser på møderne.", due="2018-10-01", promise=5),
)


def content(*themes: ThemeFigures, **more: Any) -> Content:
    """The content of the digest of week 37."""
    numbered = {"programme": "randers-2018", "title": TITLE, "number": 4, "week": "2018-W37", "floor": 5}
    since = {"also_asked": [], "compared": None, "heard": None, "since_last": [], "ledger": []}
    return cast("Content", {**numbered, "themes": list(themes), **since, **more})


def record(of: Content, quotes: Sequence[QuoteOnRecord] = (), **more: Any) -> Record:
    """The record of an issued digest."""
    filed = {"sender": SENDER, "case": "27.00.00-A00-1-18", "kle": "27.00.00"}
    fixed = {"programme": of["programme"], "number": of["number"], "week": None if "report" in of else of["week"]}
    state = {"state": "issued", "revision": 1, "issued_at": "2018-09-14T12:00:00+00:00", "timezone": "Europe/Copenhagen", "late": False}
    kept = {"checksum": checksum(of), "content": of, "finding": None, "wishes_in_ledger": None, "quotes": list(quotes)}
    return cast("Record", {**fixed, **state, **filed, **kept, **more})


def quotes_on(theme_id: str, wish: int | None = None) -> list[QuoteOnRecord]:
    """Three quotes on a theme; the one in the place `wish` is one."""
    return [
        {"theme": theme_id, "place": place, "wish": place == wish, "text": text, "checksum": text_checksum(text)}
        for place, text in enumerate(QUOTES)
    ]


def full() -> Record:
    """A week with all there is: a chart, two themes, quotes, wishes, answers and promises, in three hundred words."""
    answers = [
        {"digest": 3, "week": "2018-W36", "kind": "take_up", "words": SAID, "due": "2018-10-01", "wishes_on": TRUST["title"]},
        {"digest": 3, "week": "2018-W36", "kind": "heard", "words": ""},
    ]
    weeks = [{"week": f"2018-W{week}", "answers": 20 + 5 * (week - 32)} for week in range(32, 38)]
    more = {"since_last": answers, "ledger": list(FATES), "heard": {"digest": 3, "politicians": 5}, "compared": "more", "weeks": weeks}
    committee = {"da": "Børn- og skoleudvalget", "en": "The children and schools committee"}
    before = {"number": 3, "checksum": "ab" * 32}
    of = content(TRUST, TIME, committee=committee, before=before, **more)
    return record(of, quotes_on("trust", wish=1), wishes_in_ledger=["trust", "time"])


def plain_week() -> Record:
    """A week of one theme with neither quotes nor wishes nor chart."""
    return record(content(theme("trust", "Tillid", "Trust", wishes=None)))


def silent_week() -> Record:
    """A week that too few answered."""
    return record(content(theme("trust", "Tillid", "Trust", None)))


def draft() -> Record:
    """A digest that nobody has approved, of a programme that no longer runs."""
    return record(content(TRUST), state="in_review", issued_at=None, sender=None, case=None, kle=None)


def from_before_the_ledger() -> Record:
    """A digest as they were at first."""
    of = content(TRUST)
    del of["ledger"]
    return record(of, quotes_on("trust"))


def report(wishes: int = 12) -> Record:
    """A season's report with so many wishes."""
    states = ("done", "taken_up", "overdue", "waiting", "dropped", "not_ours", "heard", "on_its_way")
    of_season = {
        "weeks": [{"week": f"2018-W{week}", "answers": 30} for week in range(34, 46)],
        "themes": [TRUST["title"], TIME["title"]],
        "questions": 12,
        "as_of": "2018-11-16",
    }
    told = {place: {"words": SAID, "due": "2018-10-01"} if states[place % 8] in {"taken_up", "overdue"} else {} for place in range(wishes)}
    fates = [fate(34 + place % 12, states[place % 8], **told[place]) for place in range(wishes)]
    return record(content(ledger=fates, report=of_season, number=13))
