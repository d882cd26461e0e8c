"""The sentences of a plan: what a change means for the people whom it concerns, in their words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from bot.dialogue.planning.plan import Item, Sign
from bot.dialogue.planning.why_moved import reasons_in_words
from bot.local_time import today
from bot.programme import Role, Week
from bot.wording import say
from bot.wording.dates import day_in, end_in, is_same_hour, moment_in
from bot.wording.sentences import join

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bot.dialogue.planning.plan import Change
    from bot.programme import Language, Programme

MOST_WORDS: Final = 12  # of a question, where it only names what moves
DOTS: Final = "…"  # where words are left out
WORDS_BEFORE: Final = 3  # the words that two wordings share, before the first that differs
MOMENTS: Final = (Item.ROUND, Item.REMINDER, Item.CLOSE, Item.DIGEST)
HOWS: Final = {Sign.NEW: "new", Sign.CHANGED: "moved", Sign.GONE: "gone"}
VALUES: Final = {
    "digest.channel": "plan.channel.digest",
    "people.organisers.channel": "plan.channel.organisers",
    "people": "plan.floor.people",
    "quotes": "plan.floor.quotes",
    "audience": "plan.floor.audience",
    "asked": "plan.floor.asked",
    "detach_after_days": "plan.retention.detach",
    "delete_replies_after_days": "plan.retention.delete",
}
REVIEWS: Final = {"required": "plan.review.required", "quotes-only": "plan.review.quotes_only"}
INFORMATION: Final = {
    "controller": "plan.information.controller",
    "purpose": "plan.information.purpose",
    "legal_basis": "plan.information.legal_basis",
    "categories": "plan.information.categories",
    "recipients": "plan.information.recipients",
    "retention": "plan.information.retention",
}
LABELS: Final = {  # the path of a setting → the key of its name
    "programme": "plan.label.programme",
    "title": "plan.label.title",
    "language": "plan.label.language",
    "guidelines_agreed.by": "plan.label.agreed_by",
    "guidelines_agreed.on": "plan.label.agreed_on",
    "digest.committee": "plan.label.committee",
    "digest.external": "plan.label.external",
    "filing.case": "plan.label.case",
    "filing.kle": "plan.label.kle",
    "filing.sender": "plan.label.sender",
}
LABELS_OF_MOMENTS: Final = {  # a change of such a setting alone has moved nothing
    "timezone": "plan.label.timezone",
    "rounds.order": "plan.label.order",
    "rounds.every": "plan.label.every",
    "rounds.at": "plan.label.at",
    "rounds.from": "plan.label.from",
    "rounds.until": "plan.label.until",
    "rounds.skip.weeks": "plan.label.weeks",
    "rounds.skip.holidays": "plan.label.holidays",
    "rounds.skip.also": "plan.label.also",
    "rounds.remind": "plan.label.remind",
    "rounds.remind.after_days": "plan.label.remind",
    "rounds.remind.at": "plan.label.remind",
    "digest.close": "plan.label.close",
    "digest.post": "plan.label.post",
    "themes.order": "plan.label.themes",
    "questions.order": "plan.label.questions",
}


@dataclass(frozen=True, kw_only=True)
class PlanSentences:
    """Writes the lines of a plan. `before` is the programme that runs, if it is at hand. `short`: as told in chat.

    `whole`: no question is shortened.
    """

    programme: Programme
    before: Programme | None
    language: Language
    short: bool = False
    whole: bool = False

    def line(self, change: Change, *, reason: bool = True) -> str:
        """A change as one line, with its sign before it, and without its `reason` if that is told elsewhere."""
        if change.item not in MOMENTS:
            return self.with_sign(change.sign, self._writers[change.item](change))
        why = self.reasons(change) if reason else []
        because = self._say("plan.because", why=join(self.language, why)) if why else ""
        return self.with_sign(change.sign, self._moment(change) + because)

    def reasons(self, change: Change) -> list[str]:
        """The reasons for a change, in words."""
        return reasons_in_words(change, self.programme, self.before, self.language)

    def questions(self, key: str) -> str:
        """The questions of an entry, which has this key, as they name it."""
        return join(self.language, [self._quote_question(question) for question in key.split("+")])

    def with_sign(self, sign: Sign, text: str) -> str:
        """A sentence with its sign before it and a full stop after it."""
        return self._say("plan.line", sign=sign.value, text=text)

    @property
    def _writers(self) -> Mapping[Item, Callable[[Change], str]]:
        return {
            Item.LIST: self._list,
            Item.SOURCE: self._source,
            Item.CHANNEL: self._value,
            Item.FLOOR: self._value,
            Item.RETENTION: self._value,
            Item.REVIEW: self._review,
            Item.FILTER: self._filter_word,
            Item.QUESTION: self._question,
            Item.THEME: self._theme,
            Item.INFORMATION: self._information,
            Item.SETTING: self._other,
        }

    def _moment(self, change: Change) -> str:
        """What happens at another moment, and to how many."""
        how = "others" if change.before == change.after else HOWS[change.sign]
        what = self._say(f"plan.{change.item.value}.{how}", **self._moments(change), **self._what_happens(change))
        reach = [] if change.people is None else [self._say("plan.reach", people=change.people)]
        return " ".join([what, *reach])

    def _moments(self, change: Change) -> dict[str, str]:
        """The moments before and after. What moves within a day moves to an hour; in chat what keeps its hour moves to a day."""
        zone, since, until = self.programme.timezone, change.before, change.after
        if not (isinstance(since, datetime) and isinstance(until, datetime)):
            moments = {"before": since, "after": until}
            zones = {"before": (self.before or self.programme).timezone, "after": zone}
            return {name: moment_in(self.language, at, zones[name]) for name, at in moments.items() if isinstance(at, datetime)}
        if self.before is not None and self.before.timezone != zone:
            told = {"before": (since, self.before.timezone), "after": (until, zone)}
            return {name: f"{moment_in(self.language, at, its)} ({its})" for name, (at, its) in told.items()}
        if self.short and is_same_hour(since, until, zone):
            return {"before": day_in(self.language, today(since, zone)), "after": day_in(self.language, today(until, zone))}
        may_be_an_hour = change.item in {Item.ROUND, Item.REMINDER} and since != until
        after = end_in(self.language, since, until, zone) if may_be_an_hour else moment_in(self.language, until, zone)
        return {"before": moment_in(self.language, since, zone), "after": after}

    def _what_happens(self, change: Change) -> dict[str, object]:
        if change.item in {Item.CLOSE, Item.DIGEST}:
            return {"week": Week.parse(change.name).number}
        questions = change.name.split("+")
        words = MOST_WORDS // len(questions) if self.short else MOST_WORDS
        return {"what": join(self.language, [self._quote_question(question, words) for question in questions])}

    def _list(self, change: Change) -> str:
        how = "people" if change.before == change.after else "size"
        return self._say(f"plan.list.{how}", who=self._who(change), before=change.before, after=change.after)

    def _source(self, change: Change) -> str:
        if change.sign is Sign.GONE and change.people is not None:
            return self._say("plan.source.gone_listed", who=self._who(change), before=change.before, people=change.people)
        return self._say(f"plan.source.{HOWS[change.sign]}", who=self._who(change), before=change.before, after=change.after)

    def _value(self, change: Change) -> str:
        """A channel or a number, before and after."""
        if change.name in VALUES:
            return self._say(VALUES[change.name], before=change.before, after=change.after)
        return self._other(change)

    def _review(self, change: Change) -> str:
        return self._say(REVIEWS[str(change.after)])

    def _filter_word(self, change: Change) -> str:
        return self._say(f"plan.filter.{HOWS[change.sign]}", word=change.name)

    def _information(self, change: Change) -> str:
        return self._say(INFORMATION[change.name]) if change.name in INFORMATION else self._other(change)

    def _who(self, change: Change) -> str:
        return self._say(f"list.of.{Role(change.name).value}")

    def _question(self, change: Change) -> str:
        if change.sign is not Sign.CHANGED:
            text = change.after if change.before is None else change.before
            if change.sign is Sign.NEW and any(change.name in entry.question_ids for entry in self.programme.rounds.order):
                return self._say("plan.question.unplaced", what=self._quote_shortened(str(text)))
            return self._say(f"plan.question.{HOWS[change.sign]}", what=self._quote_shortened(str(text)))
        if change.why[0].endswith(".theme"):
            themes = {"before": self._theme_title(str(change.before)), "after": self._theme_title(str(change.after))}
            return self._say("plan.question.theme", what=self._quote_question(change.name), **themes)
        wordings = self._wordings(change)
        before, after = map(self._quote, wordings if self.whole else contrast(*wordings))
        return self._say("plan.question.sent", after=after) if change.sent else self._say("plan.question.text", before=before, after=after)

    def _wordings(self, change: Change) -> tuple[str, str]:
        """A question's wordings in the reader's language, if they differ there."""
        texts = [self._ask_of(programme, change.name) for programme in (self.before, self.programme)]
        return (texts[0], texts[1]) if "" not in texts and texts[0] != texts[1] else (str(change.before), str(change.after))

    def _ask_of(self, programme: Programme | None, question_id: str) -> str:
        questions = () if programme is None else programme.questions
        return next((question.ask.in_(self.language) for question in questions if question.id == question_id), "")

    def _theme(self, change: Change) -> str:
        how = "title" if change.before != change.after else "text"
        how = how if change.sign is Sign.CHANGED else HOWS[change.sign]
        return self._say(f"plan.theme.{how}", before=change.before, after=change.after)

    def _other(self, change: Change) -> str:
        """A setting by its name or, if it has none, by the path of its keys."""
        if change.name in LABELS_OF_MOMENTS:
            return self._say("plan.setting.unmoved", label=self._say(LABELS_OF_MOMENTS[change.name]))
        label = self._say(LABELS[change.name]) if change.name in LABELS else change.name
        how = "changed" if change.sign is Sign.CHANGED else HOWS[change.sign]
        return self._say(f"plan.setting.{how}", label=label, before=change.before, after=change.after)

    def _theme_title(self, theme_id: str) -> str:
        themes = [*self.programme.themes, *(self.before.themes if self.before is not None else ())]
        return next((theme.title.in_(self.language) for theme in themes if theme.id == theme_id), theme_id)

    def _quote_question(self, question_id: str, words: int = MOST_WORDS) -> str:
        text = self._ask_of(self.programme, question_id) or self._ask_of(self.before, question_id)
        return self._quote_shortened(text or question_id, words)

    def _quote_shortened(self, text: str, words: int = MOST_WORDS) -> str:
        return self._quote(text if self.whole else shorten(text, words))

    def _quote(self, text: str) -> str:
        return self._say("plan.quoted", text=text)

    def _say(self, key: str, **values: object) -> str:
        return say(self.language, key, **values)


def shorten(text: str, words: int = MOST_WORDS) -> str:
    """The text itself if it fits, else its first words and an ellipsis."""
    all_words = text.split()
    return text if len(all_words) <= words else f"{' '.join(all_words[:words])} {DOTS}"


def contrast(before: str, after: str) -> tuple[str, str]:
    """Two wordings, shortened so that the first words that differ are seen in both."""
    old, new = before.split(), after.split()
    same = next((place for place, (was, becomes) in enumerate(zip(old, new, strict=False)) if was != becomes), min(len(old), len(new)))
    start = max(0, same - WORDS_BEFORE) if max(len(old), len(new)) > MOST_WORDS else 0
    dots = f"{DOTS} " if start else ""
    return f"{dots}{shorten(' '.join(old[start:]))}", f"{dots}{shorten(' '.join(new[start:]))}"
