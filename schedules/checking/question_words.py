r"""Words by which `question_lint` knows what a question asks: openings, follow-ups, yes or no, hints, negation; in Danish and English.

Groups of phrases are divided by ` | `. A phrase may use the signs of a pattern: `\w*` stands for any ending, `(?:a|b)` for either. All are
in small letters and match whole words only.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, TypeAlias

from bot.programme import Language

if TYPE_CHECKING:
    from collections.abc import Mapping

    Words: TypeAlias = Mapping[Language, re.Pattern[str]]


def phrases(*groups: str) -> re.Pattern[str]:
    """One pattern that finds any of these phrases as whole words."""
    every = [phrase.strip() for group in groups for phrase in " ".join(group.split()).split(" | ")]
    return re.compile(rf"(?<!\w)(?:{'|'.join(every)})(?!\w)")


# --- one question and its follow-up ---------------------------------------------------------------------------------------------

ASKING: Final[Words] = {
    Language.DA: phrases("hvad | hvem | hvor | hvordan | hvornår | hvorfor | hvilken | hvilket | hvilke"),
    Language.EN: phrases("what | who | whom | whose | which | when | where | why | how"),
}
BROAD: Final = frozenset({"hvad", "hvordan", "what", "how"})  # two questions that both open so may be about anything
REFERS_BACK: Final[Words] = {  # a second question with one of these goes on with the first
    Language.DA: phrases(
        r"(?:den|det|de)(?! \w+(?<!er)e\b)(?! \w+t at\b)(?! andet\b)(?!, )",
        "(?:den|det|de) (?:ville|kunne|skulle|burde|måtte|gjorde|hjalp) | dem | deres | dens | dets | denne | dette | disse | derfor",
        r"dermed | derefter | dertil | deraf | hertil | sådan | på hvilken måde | i tvivl om | hvorfor(?: ikke)?\W*$ | hvordan\W*$",
        r"hvornår\W*$ | hvad så | skete der | gjorde (?:du|i)(?: så)?\W*$ | forskellen | anledningen | årsagen | grunden | resultatet",
        "udbyttet | udløste | afgjorde | lærte (?:du|i)",
    ),
    Language.EN: phrases(
        r"it(?! (?:to|that)\b) | them | they | those | these | this | their | its | that\W*$ | that \w+\W*$ | so\W*$ | in what way",
        "(?:of|from|about|to|with|after|before|for|in|did|does|was|is|made|makes|do|would|could) (?:that|this|it) | unsure of",
        r"in doubt about | why(?: not)?\W*$ | how\W*$ | what then | what happened | the difference | the reason | the result | set off",
        r"did you (?:do|learn)\W*$",
    ),
}
SECOND_QUESTION: Final[Words] = {  # where a second question begins within a sentence
    Language.DA: re.compile(
        r"(?:,|;|\s[-–])?\s+(?:og|samt|men|eller)\s+(?:(?:i|på|til|fra|med|af|for|om|så)\s+)?(?=hv(?:ad|em|or|ordan|ornår|orfor|ilke[nt]?)\b)"
        r"|,\s+(?:og|eller)\s+(?=(?:er|har|kan|vil|skal|bør|burde|synes|føler|bliver|oplever|mener|får)\s+(?:du|i|vi|det|der|man|\w+ne)\b)"
    ),
    Language.EN: re.compile(
        r"(?:,|;|\s[-–])?\s+(?:and|but|or)\s+(?:(?:in|to|at|from|with|for|of|on)\s+)?(?=(?:what|who|whom|which|when|where|why|how)\b)"
        r"|,\s+(?:and|or)\s+(?=(?:is|are|do|does|did|have|has|can|would|should|will)\s+(?:you|we|it|there|they|the|your)\b)"
    ),
}
OPPOSITES: Final[Mapping[Language, tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]]] = {  # one in each question: these are two
    Language.DA: (
        (
            phrases("godt | bedst | lykkes | lykkedes | fungerer"),
            phrases("dårligt | skidt | værst | mindre godt | (?:gik|går) galt | bøvler"),
        ),
        (phrases(r"styrker?\w* | fordele\w* | glæder"), phrases(r"svagheder?\w* | ulemper?\w* | frustrerer | irriterer | bekymrer")),
    ),
    Language.EN: (
        (
            phrases("well | best | succeed(?:s|ed)? | works?"),
            phrases("badly | poorly | worst | less well | wrong | not so well | fail(?:s|ed)?"),
        ),
        (phrases("strengths? | advantages? | enjoy"), phrases("weaknesses | disadvantages? | frustrates? | worries | dislike")),
    ),
}
_TOPIC: Final = {  # what people have opinions about
    Language.DA: r"\w*(?:arbejdet?|miljø(?:et)?|skab(?:et)?|hed(?:en)?|elsen?|ing(?:en)?|ion(?:en)?|trivsl?el?n?"
    r"|økonomi(?:en)?|løn(?:nen)?|tid(?:en)?|kultur(?:en)?|møder(?:ne)?|regler(?:ne)?|klima(?:et)?|budget(?:tet)?|normering(?:en|er)?|kvalitet(?:en)?)",
    Language.EN: r"\w*(?:tions?|sion|ments?|ness|ship|ity|ance|ence|load|life|morale|culture|pay|salary|training|planning|meetings"
    r"|budgets?|rules|climate|hours|staffing|teamwork|feedback|trust|safety|stress)",
}
TWO_TOPICS: Final[Words] = {  # two things that are judged at once, or two acts of the same people
    Language.DA: re.compile(
        rf"(?<!mellem )(?<!mellem vores )\b(?!og\b|mellem\b){_TOPIC[Language.DA]}\s+(?:og|samt)\s+"
        rf"(?:(?:jeres|dine?|dit|vores|\w+e)\s+)?{_TOPIC[Language.DA]}\b"
        r"|\bhv(?:ordan|or|ad|ornår)\s+\w{3,}r\s+(?:og|samt)\s+\w{3,}r\s+(?:du|i|vi|man|\w+ne)\b"
        r"|\b(?:med|om|af|på|til|fra|ved|for) (?:jeres|dine?|dit) \w+ og (?:jeres|dine?|dit) \w+"
        r"|\b(?:hvad (?:synes|mener|tænker) (?:du|i) om|hvordan (?:oplever|vurderer) (?:du|i)|hvordan har (?:du|i) det med"
        r"|hvor \w*tilfredse? er (?:du|i)) (?:(?!mellem)[^,?])* og (?!hv)\w"
    ),
    Language.EN: re.compile(
        rf"(?<!between )\b{_TOPIC[Language.EN]}\s+and\s+(?:(?:your|the|our|\w+(?:al|ing))\s+)?{_TOPIC[Language.EN]}\b"
        r"|\bhow (?:do|does|did|can|could|should) (?:you|we) \w+ and (?!when\b|if\b|why\b|how\b|what\b)\w+ (?:your|the|our)\b"
        r"|\b(?:about|with|of|for|from|to) your \w+ and your \w+"
        r"|\b(?:what do you think (?:of|about)|how do you (?:feel about|rate|find)|how \w*satisfied are you) "
        r"(?:(?!between|when)[^,?])* and (?!wh|how)\w"
    ),
}

# --- yes or no ------------------------------------------------------------------------------------------------------------------

_VERBS_DA: Final = (
    r"har|havde|er|var|bliver|blev|kan|kunne|vil|ville|skal|skulle|må|måtte|bør|burde|gør|gjorde|får|fik|synes|mener|tror|føler|oplever|ved|gider"
    r"|tør|plejer|findes|giver|gav|går|gik|tager|tog|ser|så|siger|sagde|holder|holdt|taler|talte|bruger|brugte|lykkes|lykkedes|mangler|savner"
    r"|kender|kendte|husker|mærker|mærkede|arbejder|passer|fungerer|virker|hjælper|støtter|bidrager|lytter|spørger|spurgte|ønsker|mon"
)
_VERBS_EN: Final = (
    r"do|does|did|is|are|was|were|am|have|has|had|can|could|will|would|should|shall|may|might|must|(?:do|does|did|is|are|was|were|have|has|ca|could"
    r"|wo|would|should)n't"
)
YES_NO: Final[Words] = {  # at the beginning of a sentence, or after a clause that opens it
    Language.DA: re.compile(
        r"^(?:(?:og|men|altså|helt ærligt|alt i alt|nu|generelt|kort sagt|i det hele taget),?\s+)?"
        rf"(?:(?:{_VERBS_DA})\b|(?!hvor\b)\w+r\s+(?:du|i|vi|man|nogen|alle)\b)"
        rf"|^(?:hvis|når|da|efter|i|siden|på|med)\b[^,?]*,\s*(?:så\s+)?(?:{_VERBS_DA})\s+(?:du|i|vi|man|det|der|de|den|nogen|alle)\b"
        r"|\bja eller nej\b|\beller ej\?|^(?:du|i|vi)\s+\w+(?:r|te|de)\b.*\?$|\bhvorvidt\b"
    ),
    Language.EN: re.compile(
        rf"^(?:(?:and|but|so|overall|generally|all in all|honestly|in general),?\s+)?(?:{_VERBS_EN})\b"
        rf"|^(?:if|when|since|after|before|in|on|at|with)\b[^,?]*,\s*(?:then\s+)?(?:{_VERBS_EN})\s+"
        r"(?:you|we|i|they|it|there|people|everyone|anyone|your|the)\b"
        r"|\byes or no\b|\bor not\?|^(?:you|we)\s+\w+\b.*\?$|\bwhether\b.*\?$"
    ),
}

NOT_ASKED: Final[Words] = {  # how a request begins: it may do without a word that asks
    Language.DA: phrases(
        "fortæl | beskriv | nævn | tænk | forestil | giv | skriv | vælg | sæt | sig | del | prøv | find | peg | kom | se | tag | med",
    ),
    Language.EN: phrases(
        "tell | describe | name | think | give | choose | share | imagine | pick | write | say | find | point | list | recall",
        "picture",
    ),
}

# --- hints at the answer --------------------------------------------------------------------------------------------------------

_PRAISE_DA: Final = (
    r"vellykke\w+|fantastiske?|fremragende|forrygende|succes(?:fulde?|rige?)|banebrydende|enestående|imponerende|glimrende|vidunderlige?|inspirerende"
    r"|uvurderlige?|flotte?|dygtige|prisbelønne\w+|store fremskridt|oplagte|åbenlyse|mange fordele|gode nye|spændende|dejlige|stærke|kloge"
)
_BLAME_DA: Final = (
    r"håbløse?|tåbelige?|unødvendige?|unødige|meningsløse?|latterlige?|ligegyldige?|bureaukratiske?|urimelige?|elendige?|ringe|fejlslag\w+|besværlige?"
    r"|forældede?|kaotiske?|dovne|irriterende|tunge|evindelige?|endeløse?|bøvlede|stive|tidskrævende|umulige|dårlige|vanskelige|modvillige|umotiverede|negative|skeptiske"
)
_PRAISE_EN: Final = (
    r"wonderful|fantastic|excellent|amazing|great|successful|brilliant|outstanding|inspiring|impressive|invaluable|superb|groundbreaking|obvious"
    r"|award-winning|exciting|much-needed|long-awaited|clear (?:benefits|advantages|improvements)|many (?:benefits|advantages|improvements)"
    r"|well-known"
)
_BLAME_EN: Final = (
    r"hopeless|pointless|ridiculous|unnecessary|needless|bureaucratic|useless|terrible|awful|failed|outdated|chaotic|endless|lazy|unreasonable"
    r"|burdensome|annoying|tedious|meaningless|incompetent|unfair|poor|bad|rigid|time-consuming|difficult|reluctant|unwilling|negative|sceptical|unmotivated"
)
LEADING: Final[Words] = {
    Language.DA: phrases(
        r"(?<!\w )(?:er|var|bør|burde|skal|skulle|kan|kunne|vil|ville|har|synes|mener|tror|må) (?:du|i|vi|det|man|der|alle|ledelsen"
        "|den|de) ikke",
        r"(?<!\w )(?:er|bør|burde|skal) (?:\w+ ){1,2}ikke(?= (?:en|et|på|at|bare|også|lidt|mere|for)\b) | mon ikke | er enige? i",
        r"enige? i,? at | , (?:ikke|vel|ikk|ikke sandt)\?$",
        r"hvor (?:glade?|(?:u?til)fredse?|begejstre\w+|stolte?|taknemmelige?|dejligt|godt?|vigtige?t?|skønt|rart)",
        r"hvor (?:fantastisk|trætte?|frustrere\w+|irritere\w+|skadeligt?|dårligt?|slemt?|uretfærdigt?|nyttigt?|gavnligt?|effektivt?"
        r"|motivere\w+)",
        r"hvor meget (?:bedre|lettere|nemmere|gladere|mere \w+ er) | hvor stor en (?:fordel|hjælp|glæde|gevinst|byrde)",
        "hvor stor glæde | hvor (?:meget|højt) (?:værdsætter|nyder|elsker|glæder|hjælper|hjalp|gavner|sætter du pris) | takket være",
        "trods alt | kunne være bedre end",
        r"(?:hvor meget|hvordan) (?:har|er) (?:\w+ ){1,6}(?:forbedret|lettet|styrket|gavnet|hjulpet|inspireret|beriget|løftet"
        "|ødelagt|forværret)",
        "blevet (?:bedre|lettere|nemmere|værre|sværere) (?:med|af|efter|siden) (?:den|det|de|vores)",
        "som (?:vi|i|du) (?:alle )?(?:jo )?ved | som bekendt | som alle ved | vi ved (?:jo|alle) | alle ved | alle er enige",
        "det er klart,? at | (?:er|har|skal|kan|vil|ved) jo | i ved jo | naturligvis | selvfølgelig | selvsagt | indlysende | oplagt",
        "åbenlyst | tydeligvis | utvivlsomt | heldigvis | desværre | forståeligt nok",
        rf"(?:den|det|de|vores|jeres|disse|denne|dette|sådan en|sådan et|alle|af) (?:\w+ ){{0,2}}(?:{_PRAISE_DA}|{_BLAME_DA})(?= \w)",
        r"hvorfor (?:er|var|bliver) (?:\w+ ){1,4}(?:så|vigtige?t?|nødvendige?t?|bedre|bedst|afgørende|en fordel|en god|et godt)",
        r"hvorfor (?:\w+ ){1,4}(?:så|bedre end|stadig|stadigvæk|ikke|aldrig|altid|hele tiden) | hvorfor ikke bare",
        r"hvornår (?:holder|stopper|begynder|lærer|får) (?:\w+ ){1,4}(?:endelig|op med at|lytte|styr på)",
        r"hvad er det bedste ved (?:vores|d\w+ nye) | hvad er (?:der )?galt med | hvem har skylden | hvis skyld | bliver ved med at",
        "nægter at | modarbejder | skeptikere(?:ne)? | modstandere(?:ne)?",
        "hvor (?:stor|meget) (?:en )?(?:forskel|betydning|effekt|virkning|nytte|gavn|værdi)",
        r"så (?:godt?|gode|dygtige?|populært?)(?! (?:som|i\b)) | hvilken? (?:\w+ )?(?:positive?|negative?)",
        "til at (?:forstå|indse|acceptere),? | hvilke (?:store )?(?:fordele|gevinster|ulemper|forbedringer)",
        "(?:igen|endnu en gang) har",
        r"^(?:vi|alle|det|de fleste|konferencen|den nye|det nye|vores) [^?]*\b(?:alle|glade|god|godt|gode|bedre|vigtig\w*|succes"
        r"|flot|dejligt|enige|afgørende|stolte|nødvendig\w*)\b[^?]*\.$",
        "hvor (?:let|nemt|smart|klogt|trygt|spændende|hyggeligt) | stritter imod | tidsspild | papirnusseri | papirvælde",
        "bureaukratiet? | gammeldags | hvad (?:elsker|elskede|nød) du | glædede du dig mest",
    ),
    Language.EN: phrases(
        "(?:do|does|did|is|are|was|were|should|would|wo|ca|could|have|has)n't (?:you|it|we|they|that|this|there|our|the|everyone"
        "|leaders|managers)",
        r"(?:do|would) you (?:not )?agree | do you not | is it not | , (?:\w+n't (?:it|you|we|they)|right|no)\?$ | surely",
        "how (?:glad|happy|pleased)",
        "how (?:dissatisfied|satisfied|unhappy|proud|grateful|delighted|excited|important|wonderful|great|good|bad|useful|helpful"
        "|valuable|relieved)",
        r"how (?:frustrat\w+|tired|annoy\w+|harmful|unfair|beneficial|successful|effective|badly|much (?:better|easier|worse|nicer"
        r"|happier|more \w+ (?:is|are)))",
        r"how (?:much|greatly) (?:do|did|does|has|have|are|is) (?:\w+ ){1,5}(?:improved?|helped|benefit\w*|enjoy\w*|appreciate\w*"
        "|value|love|better|easier)",
        r"how (?:has|have|did) (?:\w+ ){1,6}(?:improved?|helped?|benefit\w*|strengthen\w*|inspired?|enrich\w*|ruin\w*|damaged?|hurt)",
        "as (?:we|you) (?:all )?know | as everyone knows | everyone (?:knows|agrees) | we all (?:know|agree)",
        "it is (?:clear|obvious) that | given that | obviously | of course | clearly | naturally | undoubtedly | evidently",
        "needless to say | fortunately | unfortunately | sadly | thanks to",
        rf"(?:the|our|your|these|this|those|that|such an?|\w+'s) (?:\w+ ){{0,2}}(?:{_PRAISE_EN}|{_BLAME_EN})(?= \w)",
        r"why (?:is|was|are|were) (?:\w+ ){1,5}(?:so|important|necessary|better|best|essential|crucial|vital|still|always|never|not"
        "|good|a good)",
        r"why (?:do|does|did|can|have|has) (?:\w+ ){1,6}(?:still|not|never|always|resist|refuse|insist|ignore|keep|fail) | why \w+n't",
        r"when will (?:\w+ ){1,4}(?:finally|stop|start|learn|listen) | what(?: is|'s) wrong with | who is to blame | whose fault",
        "the worst thing about | the best (?:thing|part) (?:about|of) (?:our|the new|this)",
        "keeps? (?:ignoring|refusing|failing|complaining) | waste of time | red tape",
        "how (?:big|much|great|large) (?:of )?an? ?(?:difference|impact|effect|value|help) | how much (?:difference|benefit|value)",
        r"so (?:good|successful|popular) | such an? (?:good|great|bad|nice|success\w*|strong)",
        "(?:make|get|help) [^,?]*(?:understand|accept|realise|realize|see) (?:that|the|why|how)",
        "(?:which|what) (?:positive|negative|benefits|advantages|disadvantages|improvements) | (?:once|yet) again",
        r"^(?:we|everyone|everybody|it|most people|the conference|the new|our) [^?]*\b(?:all|happy|good|great|better|important"
        r"|success|agree|crucial|proud|necessary|pleased|best)\b[^?]*\.$",
        "resist(?:s|ing)? | refuses? to | old-fashioned | stubborn | sceptics | skeptics | you loved? | did you love | wouldn't it be",
        "better than ever",
    ),
}

# --- double negation ------------------------------------------------------------------------------------------------------------

NEGATION: Final[Words] = {  # two of them in a sentence are one too many
    Language.DA: phrases("ikke | ej | ingen | intet | aldrig | næppe | hverken | ingenting | ingensteder"),
    Language.EN: phrases(
        r"not | never | none | nobody | nothing | nowhere | neither | nor | hardly | scarcely | cannot | no one | no | \w+n't",
    ),
}
TURNS_AROUND: Final[Words] = {  # one of these close to a negation is read as a second one
    Language.DA: phrases(
        r"undlad\w* | undlod | undgå\w* | undgik | forhindre\w* | afvis\w* | benægte\w* | fraråde\w* | lader? være | lade være | uden",
        r"nægte\w* | umulig\w* | uenige? | utilfreds\w* | utryg\w* | uklar\w* | usikker\w* | usikre | unødvendig\w* | uvigtig\w*",
        r"uvæsentlig\w* | ulovlig\w* | urimelig\w* | uacceptab\w* | uønske\w* | uinteressant\w* | ubetydelig\w* | ubruge?lig\w*",
        r"uvillig\w* | uhensigtsmæssig\w* | utænkelig\w* | ukendte? | uundgåelig\w* | utilstrækkelig\w* | ualmindelig\w* | uheldig\w*",
        "mangler? | savne",
    ),
    Language.EN: phrases(
        r"avoid\w* | fail(?:s|ed|ing)? | refus\w+ | prevent\w* | den(?:y|ies|ied) | lack\w* | forbid\w* | without | impossible",
        "unhappy | unclear | unsafe | unimportant | unnecessary | unlikely | unwilling | unable | unreasonable | unacceptable",
        "uncommon | unusual | unwanted | disagree | undesirable | unhelpful | unfair | uncertain | unsure | unavoidable | unthinkable",
        r"dislik\w+ | dissatisf\w+ | insignificant | irrelevant | inappropriate | insufficient | stop",
    ),
}
PLAIN_NO: Final[Words] = {  # what counts as no negation, because it is read at a glance
    Language.DA: phrases(
        "ikke (?:kun|bare|blot|mindst|mere|længere) | og ikke | kan (?:du|i) ikke undvære | om ikke andet | om eller ej",
    ),
    Language.EN: phrases(
        "no names? | not (?:only|just|least|yet) | and not | no longer | (?:do|live|manage|work) without | nobody else | no matter",
    ),
}
FEW_WORDS: Final = 3  # between a negation and what turns it around
