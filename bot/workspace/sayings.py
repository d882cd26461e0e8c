"""What do synthetic people write?

Made-up sentences for rehearsals, in Danish and English: no person, place or institution in them is real.
"""

from __future__ import annotations

from typing import Final

REPLIES: Final = (
    "Vi ændrede vores morgenmøde, efter at en forælder spurgte, hvorfor ingen stod ved døren. Nu står der altid en.",
    "Et barn spurgte, hvorfor reglen fandtes. Det kunne jeg ikke svare på, så nu er reglen væk.",
    "Vi holder fast i et skema, som kun giver mening for os selv. Familierne oplever det som et venteværelse.",
    "Det bedste, vi har gjort i år, er at spørge tidligere. Det tager længere tid i starten og kortere tid bagefter.",
    "Jeg er i tvivl om, hvad vi må bestemme selv, og hvad der allerede er bestemt.",
    "Der mangler tid til at tale sammen på tværs. Vi ved for lidt om hinandens hverdag.",
    "Overgangen fra den ene afdeling til den anden er det sted, hvor familierne fortæller historien forfra.",
    "Tillid mærkes, når nogen spørger til min vurdering, før de spørger til tallene.",
    "Vi bruger dokumentationen, når den handler om næste skridt. Resten er til arkivet.",
    "En tydelig ramme hjælper. Jeg vil hellere have tre klare mål end tredive gode intentioner.",
    "Da medarbejderne var med fra begyndelsen, blev beslutningen både bedre og hurtigere at føre ud i livet.",
    "Kort svar: mere ro, færre projekter.",
    "Vi har lært af hinanden ved at følge en kollegas arbejdsdag. Det burde vi gøre hvert halve år.",
    "Det er svært at sige højt, at noget ikke virker, når det lige er blevet sat i gang.",
    "Lad os holde op med at starte noget nyt, før det gamle er landet.",
    "Vi burde vise politikerne en helt almindelig tirsdag.",
    "Meetings work better when the people they concern sit at the table from the start.",
    "I would stop counting activities and start asking whether the children notice a difference.",
    "A clear goal and freedom in how to reach it. That is when we do our best work.",
    "We lose the thread when a family changes service and nobody owns the handover.",
)

NOTES: Final = (
    "Vent lige: vi vil læse den igennem én gang til.",
    "Vi taler om afsnittet på formiddagens møde og godkender derefter.",
)

POLITICAL: Final = (
    ("take_up", "Vi tager spørgsmålet om overgange med på udvalgets næste møde."),
    ("free_text", "Tak for svarene. Det gør indtryk, at så mange beder om mere ro til det, der allerede er sat i gang."),
    ("not_ours", "Det afgøres af lovgivningen, så det kan vi ikke ændre her. Vi bringer det videre."),
    ("question_back", "Hvad skulle vi som politikere holde op med at spørge jer om?"),
)
