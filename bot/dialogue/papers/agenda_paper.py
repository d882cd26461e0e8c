"""Draws the agenda paper: what some digests say, for a committee's public agenda, in the order that councillors know.

It is a plain page with simple tables, which word processors read as well as browsers. It is made of printed figures and words, and of what
politicians have said, and never of quotes: whoever wrote one agreed that politicians read it, not that it is published. So an answer to
one quote, or one that repeats any, stands there by its state alone, a question that repeats one by its theme, and no name of a politician
does.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.confidentiality.floors import Printed
from bot.dialogue.digests.digest_content import content_of, people_of, week_of, wishes_of
from bot.dialogue.digests.findings import list_words, say_printed
from bot.dialogue.papers.agenda_answers import PrintableAnswers, name_of_state
from bot.dialogue.papers.html_writer import document, element
from bot.dialogue.papers.record import sender_of
from bot.dialogue.papers.seal import PLACE, seal
from bot.dialogue.responses import ledger
from bot.dialogue.responses.ledger import WishState
from bot.dialogue.snapshot import programme_on_record
from bot.local_time import today
from bot.models import DigestState
from bot.programme import Week
from bot.wording import say, say_n
from bot.wording.dates import date_in
from bot.wording.sentences import join

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.dialogue.digests.digest_content import ThemeFigures
    from bot.dialogue.papers.agenda_answers import AnsweredWishes
    from bot.dialogue.papers.html_writer import Element
    from bot.models import Digest
    from bot.programme import Language, Programme

METHOD: Final = ("people", "not_representative", "confidential")
MOST_NAMED: Final = 3  # wishes in one point of what is proposed
UNANSWERED: Final = (WishState.WAITING, WishState.ON_ITS_WAY)
STYLE: Final = """\
body { margin: 0 auto; max-width: 44em; padding: 1em; background: #fff; color: #1b1f24;
  font: 11pt/1.4 Calibri, Arial, "Liberation Sans", sans-serif; }
h1, h2, h3, h4 { font-family: Calibri, Arial, "Liberation Sans", sans-serif; }
h1 { font-size: 18pt; } h2 { font-size: 14pt; } h3 { font-size: 12pt; } h4 { font-size: 11pt; margin-bottom: 0; }
h1, h2, h3, h4 { line-height: 1.2; page-break-after: avoid; } p, li { margin: 4pt 0; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 99%; } caption { text-align: left; font-weight: bold; padding: 4pt 0; }
th, td { border: 1px solid #767f88; padding: 3pt 6pt; text-align: left; vertical-align: top; }
td { overflow-wrap: anywhere; } .short { overflow-wrap: normal; }
@media (max-width: 30em) { body { padding: 0.5em; } th, td { padding: 1pt 2pt; font-size: 9pt; } }
tr, li { page-break-inside: avoid; }
@page { size: A4; margin: 16mm 18mm; }
@media print {
  body { max-width: none; padding: 0; font-size: 10pt; line-height: 1.3; }
  h2, h3 { margin: 8pt 0 3pt; }
  h4 { margin-top: 5pt; }
}
"""


@dataclass(frozen=True, kw_only=True)
class Agenda:
    """What an agenda paper tells: issued digests, those left out between them, and the answers to their wishes.

    `programme`: the one that runs, if it still does. `quoting`: the questions that repeat a quote.
    """

    now: datetime
    timezone: str
    programme: Programme | None
    digests: Sequence[Digest]
    left_out: Sequence[Digest]
    wishes: Sequence[AnsweredWishes]
    beside: Sequence[AnsweredWishes]
    quoting: frozenset[str] = frozenset()


def agenda_of(session: Session, now: datetime, programme: Programme | None, digests: Sequence[Digest]) -> Agenda:
    """The agenda of digests of one programme, at least one of which has been issued.

    What is not issued, or purged, is left out. Where only the season's report is there, it tells of all wishes until then.
    """
    issued = [digest for digest in digests if digest.state is DigestState.ISSUED]
    record = programme_on_record(session, issued[0].programme)
    entries, answers = ledger.wishes(session, programme or record, now), PrintableAnswers(session, record.id)
    return Agenda(
        now=now,
        timezone=record.timezone,
        programme=programme,
        digests=issued,
        left_out=[digest for digest in digests if digest not in issued],
        wishes=[answers.on_wishes(wish) for wish in entries if wish.digest in issued or _tells_of(issued, wish)],
        beside=[answered for digest in issued for answered in answers.beside_wishes(now, record, digest)],
        quoting=frozenset(text for digest in issued for text in _asks_of(digest) if answers.quotes.are_repeated_in(text)),
    )


def _asks_of(digest: Digest) -> Iterator[str]:
    for theme in content_of(digest)["themes"]:
        for ask in theme["asks"]:
            yield from (ask["da"], ask["en"])


def _tells_of(issued: Sequence[Digest], wish: ledger.Wish) -> bool:
    """Whether there is the season's report alone, and the wishes are older."""
    return all(digest.week is None for digest in issued) and wish.digest.number < issued[-1].number


def agenda_paper(agenda: Agenda, language: Language) -> str:
    """The paper as a page, sealed."""
    return _AgendaWriter(agenda, language).page()


class _AgendaWriter:
    """Writes one agenda in one language, part by part."""

    def __init__(self, agenda: Agenda, language: Language) -> None:
        self.agenda, self.language = agenda, language
        self.content = content_of(agenda.digests[-1])
        self.weekly = [digest for digest in agenda.digests if digest.week is not None]

    def page(self) -> str:
        title = self._say("title", title=self.content["title"][self.language.value])
        parts = {"proposal": self._proposal(), "summary": self._summary(), "account": self._account(), "enclosures": self._enclosures()}
        sections = (element("section", element("h2", self._say(name)), *part) for name, part in parts.items())
        foot = element("footer", element("p", self._say("seal"), " ", PLACE))
        body = element("header", element("h1", title), self._head(), self._p("public")), element("main", *sections), foot
        data = {
            "programme": self.agenda.digests[0].programme,
            "digests": {digest.number: digest.checksum for digest in self.agenda.digests},
        }
        return seal(document(self.language, title, STYLE, body, {"agenda": data}))

    # --- the head

    def _head(self) -> Element:
        values = {
            "committee": self._committee(),
            "sender": self._sender(),
            "case": self.agenda.programme and self.agenda.programme.filing.case,
            "kle": self.agenda.programme and self.agenda.programme.filing.kle,
            "made": date_in(self.language, today(self.agenda.now, self.agenda.timezone)),
            "range": self._range(),
        }
        rows = (
            element("tr", element("th", self._say(f"head.{name}"), scope="row"), element("td", value))
            for name, value in values.items()
            if value
        )
        return self._table("head", element("tbody", *rows))

    def _committee(self) -> str | None:
        committee = self.content.get("committee")
        return None if committee is None else committee[self.language.value]

    def _sender(self) -> str | None:
        programme = self.agenda.programme
        return None if programme is None else sender_of(programme)[self.language.value]

    def _range(self) -> str:
        first, last = self.agenda.digests[0], self.agenda.digests[-1]
        if first is last:
            return self._say("range.one", number=first.number, weeks=self._week(first))
        reports = [self._week(digest) for digest in self.agenda.digests if digest.week is None]
        weeks = join(self.language, [*([self._weeks()] if self.weekly else []), *reports])
        whole = self._say("range", first=first.number, last=last.number, weeks=weeks)
        without = [str(digest.number) for digest in self.agenda.left_out if first.number < digest.number < last.number]
        return self._say("range.but", range=whole, numbers=join(self.language, without)) if without else whole

    def _weeks(self) -> str:
        since, until = (Week.parse(week_of(digest)) for digest in (self.weekly[0], self.weekly[-1]))
        if since == until:
            return self._week(self.weekly[0])
        key = "weeks" if since.year == until.year else "weeks.years"
        return self._say(key, since=since.number, until=until.number, year=since.year, until_year=until.year)

    def _week(self, digest: Digest) -> str:
        """The week of a digest; the season's report is about none, so it stands by its name."""
        if digest.week is None:
            return say(self.language, "digest.quoted", text=self._say("report"))
        return self._say("week", **self._year_and_week(digest))

    @staticmethod
    def _year_and_week(digest: Digest) -> dict[str, int]:
        week = Week.parse(week_of(digest))
        return {"week": week.number, "year": week.year}

    # --- what is proposed, and the whole in short

    def _proposal(self) -> Iterator[Element]:
        proposed, note = self._say("proposed", who=self._committee() or self._say("proposed.committee")), self._say("propose.note")
        points = self._point("propose.answer", UNANSWERED) + self._point("propose.overdue", (WishState.OVERDUE,))
        if not points:  # one point has no number
            yield element("p", f"{proposed} {note}")
            return
        yield element("p", proposed)
        yield element("ol", *(element("li", point) for point in (note, *points)))

    def _point(self, key: str, states: Iterable[WishState]) -> list[str]:
        """What is proposed for wishes in one of these states, which are counted if they are many; nothing if there are none."""
        names = [self._wish_name(wish) for wish in self.agenda.wishes if wish.state in states]
        if len(names) > MOST_NAMED:
            return [self._say(f"{key}.many", n=len(names))]
        return [self._say(key, wishes=join(self.language, names))] if names else []

    def _wish_name(self, answered: AnsweredWishes) -> str:
        return self._say("wish_name", theme=answered.title[self.language.value], **self._year_and_week(answered.digest))

    def _summary(self) -> Iterator[Element]:
        yield self._p("background", title=self.content["title"][self.language.value], range=self._range())
        figures = [people_of(theme) for theme in self._themes()]
        printed = [people for people in figures if people is not None] or list(self._answers_of_reports())
        if printed:
            total = Printed(sum(people.number for people in printed), any(people.or_more for people in printed))
            yield element("p", say_printed(self.language, "agenda_paper.answers", total))
        if missing := len(figures) - len(printed):
            yield element("p", say_n(self.language, "agenda_paper.too_few", missing))
        yield from self._states()

    def _themes(self) -> Iterator[ThemeFigures]:
        for digest in self.weekly:
            yield from content_of(digest)["themes"]

    def _answers_of_reports(self) -> Iterator[Printed]:
        for digest in () if self.weekly else self.agenda.digests[-1:]:
            if report := content_of(digest).get("report"):
                yield from (Printed(week["answers"], week.get("or_more", False)) for week in report["weeks"])

    def _states(self) -> Iterator[Element]:
        """How many themes' wishes are in each state today."""
        wishes = self.agenda.wishes
        if not wishes:
            yield self._p("no_wishes")
            return
        numbers = {state: sum(wish.state is state for wish in wishes) for state in WishState}
        yield element("p", say_n(self.language, "agenda_paper.wishes", len(wishes)))
        rows = (
            element("tr", element("th", name_of_state(self.language, state), scope="row"), element("td", str(number)))
            for state, number in numbers.items()
            if number
        )
        yield self._table("states", element("tbody", *rows))

    # --- theme by theme

    def _account(self) -> Iterator[Element]:
        for theme, weeks in self._weeks_by_theme().items():
            title = weeks[-1][1]["title"][self.language.value]
            yield element("h3", title)
            for digest, figures in weeks:
                yield element("h4", self._say("theme_in_week", number=digest.number, **self._year_and_week(digest)))
                yield from self._figures(figures)
                yield from self._answers(digest, theme)
        for answered in () if self.weekly else self.agenda.wishes:
            yield element("h3", self._wish_name(answered))
            yield from self._lines(answered)
        for digest in self.agenda.digests:
            if lines := list(self._answers(digest, None)):
                yield element("h3", self._say("whole_digest", number=digest.number, week=self._week(digest)))
                yield from lines
        yield element("h3", say(self.language, "method.title"))
        yield self._p("floor", floor=self.content["floor"])
        for key in METHOD:
            yield element("p", say(self.language, f"method.{key}"))

    def _weeks_by_theme(self) -> Mapping[str, list[tuple[Digest, ThemeFigures]]]:
        weeks: dict[str, list[tuple[Digest, ThemeFigures]]] = {}
        for digest in self.weekly:
            for figures in content_of(digest)["themes"]:
                weeks.setdefault(figures["theme"], []).append((digest, figures))
        return weeks

    def _figures(self, theme: ThemeFigures) -> Iterator[Element]:
        for ask in theme["asks"]:
            if self.agenda.quoting.isdisjoint(ask.values()):  # else the theme above stands for it
                yield element("p", element("em", say(self.language, "digest.quoted", text=ask[self.language.value])))
        people, wishes = people_of(theme), wishes_of(theme)
        if people is None:
            yield element("p", say(self.language, "digest.too_few"))
            return
        said = [say_printed(self.language, "digest.answered", people)]
        if theme["words"]:
            said.append(say(self.language, "digest.words", words=list_words(self.language, theme["words"])))
        if wishes is not None:
            said.append(say_printed(self.language, "digest.wished", wishes))
            if words := theme.get("wish_words"):
                said.append(say(self.language, "digest.wish_words", words=list_words(self.language, words)))
        yield element("p", " ".join(said))

    def _answers(self, digest: Digest, theme: str | None) -> Iterator[Element]:
        """What politicians have said on a theme of a digest, or on the whole of it, and how it stands today."""
        for answered in (*self.agenda.wishes, *self.agenda.beside):
            if answered.digest is digest and answered.theme == theme:
                yield from self._lines(answered)

    def _lines(self, answered: AnsweredWishes) -> Iterator[Element]:
        for label, text in answered.lines(self.language):
            yield element("p", element("strong", label), " ", text)

    # --- what it is made of

    def _enclosures(self) -> Iterator[Element]:
        names = ("number", "week", "issued", "checksum")  # a revision would tell how many have taken a quote back
        head = element("tr", *(element("th", self._say(f"column.{name}"), scope="col") for name in names))
        rows = (element("tr", *self._row(digest)) for digest in self.agenda.digests)
        yield self._p("not_enclosed")
        yield self._table("digests", element("thead", head), element("tbody", *rows))
        for digest in self.agenda.left_out:
            why = "purged" if digest.state is DigestState.PURGED else "not_issued"
            yield self._p(f"left_out.{why}", number=digest.number)

    def _row(self, digest: Digest) -> Iterator[Element]:
        name = self._week(digest) if digest.week is not None else self._say("report")
        issued = date_in(self.language, today(digest.issued_at or digest.post_at, self.agenda.timezone))
        for text in (str(digest.number), name, issued):
            yield element("td", text, class_="short")
        yield element("td", element("small", digest.checksum, style="font-size: 7.5pt"))  # word processors break no word

    def _table(self, caption: str, *parts: Element) -> Element:
        """A table; the attributes are for word processors, which do not read all styles."""
        return element("table", element("caption", self._say(caption), align="left"), *parts, border="1", width="100%")

    def _p(self, key: str, **values: object) -> Element:
        return element("p", self._say(key, **values))

    def _say(self, key: str, **values: object) -> str:
        return say(self.language, f"agenda_paper.{key}", **values)
