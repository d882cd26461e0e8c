"""`run`: runs the bot until it is interrupted (Ctrl-C, SIGTERM), and then stops it in order.

With Slack tokens in `.env` it runs on Slack, by the machine's clock as far as Slack's agrees. Without, it runs on the local workspace,
whose clock stands still until somebody plays it on the page. Everything else is the same.
"""

from __future__ import annotations

import sys
import threading
import time
from functools import partial
from typing import IO, TYPE_CHECKING, Final

import structlog

from bot import logs
from bot.app.backup.sight import note_sight
from bot.app.backup.since_then import bring_in_line
from bot.app.engine import assemble, channels_of, prepare_database
from bot.app.installation import DATA_FOLDER, newest_moment
from bot.app.keys import SLACK, installation_keys, open_database
from bot.app.leaving import Leaving
from bot.app.rehearsal import local_bot_class
from bot.app.sole_use import mark_in_use
from bot.app.versions_of_installation import checksums_nobody_wants, running_texts
from bot.clock import WallClock
from bot.confirmed_clock import ConfirmedClock
from bot.dialogue.responses.echoes import note_repeated_quotes
from bot.errors import SetupFault
from bot.failures import DELIVERY
from bot.health.health import Health
from bot.migrations import display_name
from bot.platforms.slack import SlackPlatform
from bot.platforms.slack.web_api.startup import Patience
from bot.secret_files import take_untold
from bot.sending.delivery import CALLS_IN_FLIGHT
from bot.sentence import sentence
from bot.settings import ENV_FILE, installation_settings, service_manager, unread_env_file
from schedules import jobs
from schedules.heartbeat import Metronome
from schedules.programme_store import ProgrammeStore

if TYPE_CHECKING:
    from pydantic import SecretStr

    from bot.app.engine import Engine
    from bot.database.unit_of_work import Database
    from bot.settings import Settings

log = structlog.get_logger(__name__)

BEAT: Final = 10.0  # seconds between beats; a beat costs some forty milliseconds, and nothing that falls due is in more of a hurry
LOOK_AT_CLOCK: Final = 5.0  # seconds between two looks at the clock
NOTE_SIGHT = 60.0  # seconds between two notes of how far the lease has come
DELIVER_EVERY: Final = 1.0  # seconds between two looks at what has fallen due
LOCAL_BEAT: Final = 1.0  # seconds on the local workspace, where somebody is watching
RECORDED: Final = 6.0  # seconds from the signal until what came of the last calls is written down


def run() -> None:
    """Run the bot: on Slack with tokens in .env, else on the local workspace, whose page's address is printed first."""
    settings = installation_settings()
    logs.set_up(settings.log_level, settings.log_format)
    leaving = Leaving()
    leaving.listen()
    _log_open_files()
    if (unread := unread_env_file()) is not None:
        log.warning("a settings file is not read where it stands", file=str(unread), other_file=str(ENV_FILE))
    programme_store = ProgrammeStore(settings.schedules_dir, running_texts(settings), checksums_nobody_wants(settings))
    try:
        (run_on_local_workspace if settings.local else run_on_slack)(programme_store, settings, leaving)
    except SetupFault:
        if not leaving.asked.is_set():
            raise
    leaving.end()
    if leaving.why is not None:
        raise leaving.why


def run_on_local_workspace(programme_store: ProgrammeStore, settings: Settings, leaving: Leaving) -> None:
    """Run on the local workspace until asked to leave."""
    local_bot = local_bot_class()(
        programme_store, DATA_FOLDER, database_url=settings.database_url, keys=installation_keys(settings), port=settings.http_port
    )
    health = Health(local_bot.vitals, local_bot.signs, service_manager=service_manager())
    _log_open_files()
    player = local_bot.open(report_address=_print_at_once)
    health.open(settings.health_host, settings.health_port, next_free=True)
    if settings.eftertanke_key is None:
        log.info("the key stands beside the database: good enough for made-up people")
    metronome = Metronome(partial(player.settle, leaving.asked), every=LOCAL_BEAT, failures=local_bot.failures)
    metronome.start()
    health.start(local_bot.programme().id)
    leaving.asked.wait()
    health.stop()
    leaving.is_unfinished = not metronome.stop(leaving.seconds_left())
    health.close()
    local_bot.close()


def _log_open_files() -> None:
    """Tell of the files of secrets that others could read; the rest of the commands tell it on stderr."""
    for found in take_untold():
        if found.closed:
            log.warning("others could read a file of secrets: it is closed to them now", file=str(found.file), mode=found.mode)
        else:
            log.warning("others can read a file of secrets: it is on a read-only mount", file=str(found.file), mode=found.mode)


def _print_at_once(address: str) -> None:
    """Print the address alone on a line, and flush: a script may be waiting for it."""
    sys.stdout.write(f"{address}\n")
    sys.stdout.flush()


def run_on_slack(programme_store: ProgrammeStore, settings: Settings, leaving: Leaving) -> None:
    """Run on Slack until asked to leave."""
    programme = programme_store.current(WallClock().now())
    database = open_database(settings)
    lock = _take_database(database, programme_store)
    with database.look() as session:
        has_run, newest = jobs.is_loaded(session, programme), newest_moment(session)
    platform = SlackPlatform(
        bot_token=_token_text(settings.slack_bot_token),
        app_token=_token_text(settings.slack_app_token),
        api_url=settings.slack_api_url,
        channels=() if has_run else channels_of(programme),  # once it has run, a missing channel must not stop the start
        language=programme.language,
        patience=Patience(pause=leaving.asked.wait),
    )
    clock = ConfirmedClock(platform.time, newest=newest)
    engine = assemble(
        workspace=SLACK,
        database=database,
        programme_store=programme_store,
        platform=platform,
        clock=clock,
        calls_in_flight=CALLS_IN_FLIGHT,
        lines_made=platform.lines_made,
    )
    health = Health(engine.vitals, engine.signs, service_manager=service_manager())
    health.open(settings.health_host, settings.health_port)
    engine.start()
    clock.begin()
    health.start(programme.id)
    _work_until(leaving, engine, clock, health)
    _note_sight(engine)
    engine.stop()
    health.close()
    database.close()
    if lock is not None:
        lock.close()


def _work_until(leaving: Leaving, engine: Engine, clock: ConfirmedClock, health: Health) -> None:
    """Beat, deliver and watch the clock until asked to leave, and finish what is under way."""
    stop = leaving.asked
    metronome = Metronome(partial(engine.heartbeat.beat, stop), every=BEAT, failures=engine.failures)
    watch = threading.Thread(target=_watch_clock, args=(engine, clock, leaving), name="clock", daemon=True)
    sender = threading.Thread(target=_deliver, args=(engine, stop), name="delivery", daemon=True)
    watch.start()
    metronome.start()
    sender.start()
    log.info("the bot runs", workspace=SLACK)
    stop.wait()
    health.stop()
    _end_in_order(engine, metronome, sender, watch, leaving)


def _end_in_order(engine: Engine, metronome: Metronome, sender: threading.Thread, watch: threading.Thread, leaving: Leaving) -> None:
    """End what is under way, as far as it ends: of calls that are not answered nobody knows what they did."""
    engine.let_nobody_in()
    leaving.is_unfinished = not all([leaving.wait_for(sender), leaving.wait_for(watch), metronome.stop(leaving.seconds_left())])
    if leaving.is_unfinished:
        engine.delivery.give_up_calls()
        leaving.wait_for(sender, RECORDED)


def _take_database(database: Database, programme_store: ProgrammeStore) -> IO[str] | None:
    """Check the database, keep others from replacing it, and bring it in line with its tombstone file; returns a file's lock."""
    prepare_database(database, on_slack=True)
    if database.file is None:
        database.keep_private()  # makes the folder for its list of deletions: each machine has its own
    lock = mark_in_use(database.file) if database.file is not None else None
    bring_in_line(database, WallClock().now(), programme_store.all())
    database.write(note_repeated_quotes, alone=True)
    return lock


def _watch_clock(engine: Engine, clock: ConfirmedClock, leaving: Leaving) -> None:
    """Check the clock every few seconds, also while a beat takes long: time that passes unchecked is doubted.

    Where another version has changed the tables, this one ends: whoever keeps it running then starts the one that is installed now.
    """
    noted_at = 0.0
    while not leaving.asked.wait(LOOK_AT_CLOCK):
        with engine.failures.watch("clock"):
            clock.look()
        if engine.database.store.is_outdated:
            leaving.ask(SetupFault(sentence("setup.tables_changed", name=display_name(engine.database.url))))
        if engine.lease.has_gone_back:
            leaving.ask(SetupFault(sentence("setup.put_back", name=display_name(engine.database.url))))
        elif time.monotonic() - noted_at >= NOTE_SIGHT:
            noted_at = time.monotonic()
            _note_sight(engine)


def _note_sight(engine: Engine) -> None:
    """Note how far the lease has come, for the next start."""
    if engine.database.place is not None:
        with engine.failures.watch("note of the lease"):
            note_sight(engine.database.place, engine.lease.height)


def _token_text(token: SecretStr | None) -> str:
    """A token as Slack's client takes it; the settings have checked that it is there."""
    return token.get_secret_value() if token else ""


def _deliver(engine: Engine, stop: threading.Event) -> None:
    """Deliver due messages again and again. A failure must not end the bot: undelivered messages wait in the outbox."""
    while not stop.wait(DELIVER_EVERY):
        with engine.failures.watch(DELIVERY):
            engine.delivery.deliver(stop)
