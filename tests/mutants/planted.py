"""All planted bugs, each of which would break a promise, with the test that notices it.

Each is what somebody might write in good faith. Where two safeguards stand behind one another, a bug takes both away, or the test beside it
looks at the first alone.
"""

from __future__ import annotations

from tests.mutants import (
    in_core,
    in_deletion,
    in_filter,
    in_forms,
    in_ground,
    in_lists,
    in_numbers,
    in_operation,
    in_packages,
    in_people_files,
    in_planning,
    in_promises,
    in_quotes,
    in_rehearsals,
    in_restore,
    in_sayings,
    in_sealing,
    in_sending,
    in_time,
)

MUTANTS = (
    *in_numbers.NUMBERS,
    *in_numbers.PRINTED_WORDS,
    *in_quotes.YESES,
    *in_promises.FATES,
    *in_promises.ASKED,
    *in_deletion.GONE,
    *in_restore.TAKEN_BACK,
    *in_forms.FORMS,
    *in_rehearsals.VISITOR,
    *in_rehearsals.NEW_WORLD,
    *in_sayings.SAID,
    *in_lists.IN_LISTS,
    *in_sealing.KEYS,
    *in_sealing.FILTER,
    *in_filter.POINTING,
    *in_filter.SPELT,
    *in_sending.IN_SENDING,
    *in_time.IN_TIME,
    *in_ground.IN_GROUND,
    *in_core.DELIVERY,
    *in_core.TOLD,
    *in_core.ROUNDS,
    *in_core.ON_TIME,
    *in_people_files.READ,
    *in_planning.HELD,
    *in_planning.DECIDED,
    *in_planning.EDITED,
    *in_planning.PAUSED,
    *in_planning.TOLD,
    *in_planning.LINTED,
    *in_operation.LIVES,
    *in_operation.TELLS_NOBODY,
    *in_operation.SECRETS,
    *in_packages.PACKAGES,
    *in_operation.LOOKING,
    *in_operation.STOPS,
    *in_operation.PLACES,
)
