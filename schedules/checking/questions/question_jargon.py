r"""Words that offices use and corridors do not, by which `question_lint` knows jargon; in Danish and English.

They are written as in `question_words`; `\w*` before a word finds it in compounds, too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.programme import Language
from schedules.checking.questions.question_words import phrases

if TYPE_CHECKING:
    from schedules.checking.questions.question_words import Words

JARGON: Final[Words] = {
    Language.DA: phrases(
        r"\w*implementer\w* | italesæt\w* | italesat\w* | \w*eksekver\w* | faciliter\w* | \w*synergi\w* | agile? | agilitet\w*",
        r"\w*governance\w* | \w*stakeholder\w* | interessent\w* | operationaliser\w* | \w*optimer\w* | evidensbaser\w*",
        r"\w*performance\w* | benchmark\w* | best practice\w* | kompetenceprofil\w* | kompetenceløft\w* | key performance\w*",
        r"forandringsledelse\w* | forandringsparat\w* | forandringsagent\w* | omstillingsparat\w* | resiliens\w* | mindset\w*",
        r"set-?up\w* | commit\w* | ownership\w* | empower\w* | onboard\w* | \w*workflow\w* | feedbackloop\w* | quick wins?",
        r"low-hanging\w* | lavthængende frugter | win-win\w* | buy-in\w* | roadmap\w* | milepæl\w* | deliverable\w* | leverance\w*",
        r"take-?aways? | strategisk\w* | pejlemærke\w* | indsatsområde\w* | fokusområde\w* | effektiviser\w* | rationaliser\w*",
        r"\w*alloker\w* | kapacitetsopbyg\w* | forankr\w* | rammesæt\w* | rammesat\w* | narrativ\w* | paradigm\w* | tværprofession\w*",
        r"tværsektor\w* | tværorganisator\w* | siloer\w* | silotænk\w* | helhedsorienter\w* | helhedstænk\w* | samskab\w*",
        r"co-?creat\w* | (?:borger|bruger|kunde)rejse\w* | business ?case\w* | værditilbud\w* | værdiskab\w* | målstyring\w*",
        r"resultatkontrakt\w* | kvalitetssikr\w* | kvalitetsløft\w* | effektmål\w* | målhierarki\w* | målepunkt\w* | nøgletal\w*",
        r"indikator\w* | datadrev\w* | dataunderstøt\w* | praksisfællesskab\w* | læringsfællesskab\w* | læringsloop\w*",
        r"refleksionsrum\w* | relationel koordinering | systemisk\w* | diskurs\w* | kontekstualiser\w* | konceptualiser\w*",
        r"parametr\w* | parametre? | disrupt\w* | innovationskraft\w* | bottom-?up | top-?down | pipeline\w* | compliance\w*",
        r"snitflade\w* | sparringsflade\w* | \w*portefølje\w* | proaktiv\w* | holistisk\w* | kulturbærer\w* | kulturforandring\w*",
        r"transformation\w* | transformer\w* | skalere\w* | skalerbar\w* | udrull\w* | monitorer\w* | progression\w* | alignment",
        r"aligne\w* | leverage | swot\w* | incitament\w* | kadence\w* | ledelsesspænd\w* | opkvalificer\w* | procesunderstøt\w*",
        r"brændende platform | nudg\w* | scrum | backlog | sprints? | gap-?analyse\w* | modenhedsniveau\w*",
        r"(?:skabe|skaber|sikre|sikrer) ejerskab | sætte i spil | bringe i spil | deep dives? | outcome\w* | kick-?off\w*",
        r"touch ?points? | pain points? | value | driver(?:e|ne)s? | prioriteringsmatrix\w* | implikation\w* | kvalificere\w*",
        r"genbesøge | \w{4,}ship\w* | \w{4,}(?:ness|ability|based|driven) | \w*management\w* | \w+ificer\w*",
        r"\w+(?:al|tik|nel|ation)iser\w*(?<!digitalisere) | feedforward | afdækningsproces\w* | løsningsrum\w* | handlekompetence\w*",
        r"professionsfaglig\w* | styringskæde\w* | ledelseskæde\w* | forandringsproces\w*",
        r"(?=\w{18})\w+(?:udvikling|tilgang|strategi|indsats|perspektiv|model|proces|struktur|styring|orientering|understøttelse"
        "|udfoldelse)(?:en|er|erne|et)?",
        r"fyrtårn\w* | koncept\w* | kapacitets\w* | kickstart\w* | booste\w* | meningsskab\w* | transparens | evidens",
        r"aktørinddrag\w* | \w+baserede? | organisatorisk\w* | interessevaretag\w* | virkningsevaluer\w* | elevatortale | task ?force",
        r"next level | hands-on | asset\w* | use cases? | strategiproces\w* | visionsproces\w* | ressourceoptimal\w* | effektfuld\w*",
        r"impact | input | output | dagsordensæt\w* | udviklingsspor\w*",
    ),
    Language.EN: phrases(
        r"leverag\w+ | stakeholders? | governance | synerg\w+ | agile | agility | quick wins? | low-hanging fruit",
        r"operationali[sz]\w+ | implement\w* | facilitat\w+ | execut(?:e|es|ed|ing|ion) | deliverables? | roadmaps? | milestones?",
        r"key performance | benchmark\w* | best practices? | alignment | align(?:s|ed|ing)? | buy-in | ownership | empower\w*",
        r"onboarding | workflows? | change management | change agents? | mindsets? | paradigm\w* | holistic\w* | proactiv\w*",
        r"resilien\w+ | bandwidth | deep dives? | touch ?points? | pain points? | value[- ]add\w*",
        r"value (?:proposition|chain|creation) | co-?creat\w+ | co-?production | cross-functional | cross-sector\w* | silos? | siloed",
        r"streamlin\w+ | optimi[sz]\w+ | incentivi[sz]\w+ | scal(?:able|ability) | upskill\w* | capacity[- ]building",
        r"build(?:ing)? capacity | capabilit\w+ | competenc(?:y|ies) | business cases? | (?:customer|citizen|user) journeys?",
        r"user-centric | citizen-centric | data-driven | evidence-based | innovation agenda | disrupt\w+ | transformation\w*",
        "performance (?:management|indicators?) | strateg(?:ic|ically|ise|ize) | framework conditions | discourse | narratives?",
        r"(?:operating|delivery) model | bottom-up | top-down | pipeline | compliance | portfolios? | granular\w* | actionable",
        r"learnings | ideat\w+ | key takeaways? | take-?aways? | going forward | move the needle | circle back | action points?",
        r"actioned | mainstream(?:ing|ed) | outcomes?-based | roll-?out | drivers? | allocat\w+ | articulat\w+ | contextuali[sz]\w+",
        r"conceptuali[sz]\w+ | win-win | ecosystem\w* | thought leader\w* | learning loops? | parameters? | enablers? | elevator pitch",
        r"(?:change|reform) agenda | (?:vision|mission) statement | \w+-(?:oriented|driven|centric) | outcomes | service delivery",
        r"delivery | organi[sz]ational | rationali[sz]\w+ | task ?force | next level | hands-on | asset\w* | use cases? | interfaces?",
        r"optimal | capacity | \w{5,}ised? agenda | enablement | impactful | utili[sz]\w+ | burning platform | value streams?",
        r"sprints? | backlog | core competenc\w+ | levers | north star | best-in-class | human capital | headcount | cadence | cascade",
        r"metrics? | engagement drivers? | institutionali[sz]\w+ | harness(?:ing)? | operational excellence | nudg\w+",
    ),
}
KNOWN_CAPITALS: Final = frozenset(
    {"MED", "TR", "AMR", "APV", "IT", "SFO", "PPR", "TV", "EU", "DK", "UK", "PC", "SMS", "AM", "PM", "HR", "PDF", "USA", "WC"}
)
LONGEST_WORD: Final = 24  # letters
