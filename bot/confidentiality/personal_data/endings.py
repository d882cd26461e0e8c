"""How the names of streets, houses, places and families end. People do not make up such compounds as they speak."""

from __future__ import annotations

STREETS = "vej|vejen|gade|gaden|allé|alle|alléen|stræde|strædet|boulevard|boulevarden|vænge|vænget"
KINDS_OF_HOUSES = (
    "skole|skolen|børnehave|børnehaven|børnehus|børnehuset|vuggestue|vuggestuen|klub|klubben|bosted|bostedet|center|centeret|centret|sfo|sfoen"
    "|fritidshjem|fritidshjemmet|plejehjem|plejehjemmet|dagpleje|dagplejen|school"
)
PLACES_AND_FAMILIES = (
    "hus|huset|kær|kæret|klub|klubben|vej|vejen|gade|park|parken|dal|dalen|bro|broen|toft|toften|skov|skoven|høj|højen|vang|vangen|mark|marken"
    "|lund|lunden|skole|skoler|skolen|have|haver|haven|gård|gårde|gården|gaard|gaarde|gaarden|gard|garde|garden|hallen|center|centret|by|bæk"
    "|bjerg|borg|rup|sted|lev|holm|sen|son|berg|gren|green|kvist|strøm|kilde|ager|balle|skjold|land|blad|man|mann|mand|lykke|guld|vinge|mose"
    "|holt|bo|feld|feldt|løv|sig|vad|hede|rød|tved|ring|stein|stjerne|vig|sund|bøl"
)


def _and_genitives(endings: str) -> tuple[str, ...]:
    return tuple(form for ending in endings.split("|") for form in (ending, f"{ending}s"))


OF_STREETS = _and_genitives(STREETS)
HOUSES = _and_genitives("huset|gården")  # these only with the beginning of a place: "birkehuset"
OF_HOUSES = _and_genitives(KINDS_OF_HOUSES) + HOUSES
OF_NAMES = _and_genitives(PLACES_AND_FAMILIES)
OF_ANY = OF_STREETS + OF_HOUSES + OF_NAMES
