"""Made-up Danish reflections of very many people, each put together from parts, for measuring only.

Sentences come from some hundred patterns and word lists; on top of that every third reply holds a word of its own making, as people's
compounds, misspellings and local names do: the number of different forms grows with the number of replies, as it does in real texts.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

OPENINGS = """
Vi har lært, at|Det vigtigste er, at|Jeg oplever, at|I vores afdeling ser vi, at|Efter mange år ved jeg, at|
Hos os gælder det, at|Det overraskede mig, at|Jeg tror, at|Min erfaring er, at|Mine kolleger siger, at|
Forældrene fortæller, at|Vi opdagede først sent, at|Det gør en forskel, at|Jeg savner, at|Vi har brug for, at|
Det virker bedst, når|Vi lykkes, når|Det går galt, når|Hverdagen bliver lettere, når|Tilliden vokser, når|
Vi mister modet, når|Borgerne mærker det, når|Eleverne trives, når|Jeg bliver stolt, når|Samarbejdet halter, når
"""
WHO = """
lederen|lederne|medarbejderne|forældrene|børnene|eleverne|borgerne|politikerne|kollegerne|teamet|ledergruppen|udvalget|
lærerne|pædagogerne|sygeplejerskerne|de pårørende|de unge|de ældre|familierne|forvaltningen|tillidsrepræsentanten|
MED-udvalget|direktionen|naboskolen|hjemmeplejen|børnehaven|vuggestuen|sagsbehandlerne|vikarerne|de nyansatte|
frivillige|psykologerne|køkkenet|nattevagterne
"""
DOES = """
tør sige det svære højt|bliver spurgt i god tid|lytter, før de svarer|får plads til at prøve sig frem|
selv kan flytte opgaverne|kender målet og rammen|mødes på tværs af fagene|deler deres viden|slipper for endnu et skema|
har ro til kerneopgaven|får besked samme dag|ser hinandens hverdag|bliver mødt med nysgerrighed|
ikke skal fortælle historien forfra|tager ansvar for overgangene|har en fast kontakt|holder aftalerne|
bruger tallene til at spørge|fejrer det, der lykkes|stopper det, der ikke virker|er med fra begyndelsen|
bliver set som mennesker|får svar på deres bekymringer|planlægger sammen|har tid til samtalen|kan læse beslutningen|
viser tillid|stiller krav til hinanden|tør begå fejl|får hjælp til det nye system|kan se meningen med forandringen|
gør op med vanerne
"""
PLACE = """
på morgenmødet|i pausen|ved tavlen|i det lille rum|på legepladsen|ved døren|i weekenden|på nattevagten|i frokostpausen|
til personalemødet|ved skoleårets start|i venteværelset|på gangen|ved overleveringen|i budgettet|på plejehjemmet|
i klasselokalet|til forældresamtalen|i bilen mellem to hjem|ved kaffen|i telefonen|på kurset|i hjemmet|i lægehuset|
på biblioteket|i svømmehallen
"""
CLOSINGS = """
Det kræver mod.|Det koster ingenting.|Mere af det, tak.|Det burde alle prøve.|Der mangler stadig penge.|
Resten er støj.|Sådan holder vi ud.|Derfor bliver folk.|Derfor rejser folk.|Vi taler for lidt om det.|
Det gælder også os ledere.|Hvorfor ikke begynde i morgen?|Reglerne står i vejen.|Dokumentationen fylder.|
Kalenderen er for fuld.|Det er ikke raketvidenskab.|Tid er den knappe ressource.|Sygefraværet faldt.|
Stemningen ændrede sig.|Trivslen steg.|Konflikterne blev færre.|Vi sover bedre.|Naboen gør det samme.
"""
STEMS = """
samtale møde ramme skole vagt plan besked opgave kultur pause grænse team rum tavle kvalitet samarbejde ledelse omsorg
støtte trivsel overgang forældre elev borger kollega sprog læse lege mad have sang natur krop hus bus tur dag uge
måned års nat morgen aften
"""
ENDS = """
plan planen mødet gruppe gruppen kultur skema skemaet ordning ordningen forløb forløbet samtale samtaler rum værksted
kort liste kassen hjælper vagten kalender aftale aftaler timer ugen projekt projektet modellen metoden bogen hjørnet
puljen leder
"""


def many_texts(count: int, seed: int = 1) -> Iterator[str]:
    """So many replies of one to three sentences, 8 to 45 words each."""
    dice = random.Random(seed)  # noqa: S311 - no secret
    parts = [text.replace("\n", "").split("|") for text in (OPENINGS, WHO, DOES, PLACE, CLOSINGS)]
    for _ in range(count):
        yield " ".join(_sentence(dice, parts) for _ in range(dice.choice((1, 1, 2))))


def _sentence(dice: random.Random, parts: list[list[str]]) -> str:
    opening, who, does, place, closing = (_skewed(dice, part) for part in parts)
    own = f" Tænk på {_own_word(dice)}." if dice.random() < 0.3 else ""
    return f"{opening} {who} {does} {place}.{own} {closing}"


def _skewed(dice: random.Random, part: list[str]) -> str:
    """Some are said much more often than others."""
    return part[int(len(part) * dice.random() ** 2)]


def _own_word(dice: random.Random) -> str:
    stems, ends = STEMS.split(), ENDS.split()
    word = dice.choice(stems) + dice.choice(("", "s", "e")) + dice.choice(stems) + dice.choice(("", "s")) + dice.choice(ends)
    if dice.random() < 0.1:  # a slip of the finger
        place = dice.randrange(len(word))
        word = word[:place] + word[place + 1 :]
    return word
