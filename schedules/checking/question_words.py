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
        r"(?<!går )(?<!har du )(?<!har i )(?<!står )(?:den|det|de)(?! \w+(?<!er)e\b)(?! \w+t at\b)(?! (?:andet|mest|at)\b)(?!, )"
        r"(?! \w+, (?:der|som|du|i|vi)\b)",
        r"går det\W*$ | går det (?:godt|galt|bedst) | har (?:du|i) det\W*$ | har (?:du|i) (?:gjort|fået|lært|brugt|sagt|vist) det",
        r"(?:den|det|de) (?:ville|kunne|skulle|burde|måtte|gjorde|hjalp) | dem | deres | dens | dets | denne(?! (?:uge|måned|sæson))",
        r"dette(?! (?:\w*år|forår|efterår)) | disse | derfor",
        r"dermed | derefter | dertil | deraf | hertil | sådan | på hvilken måde | i tvivl om | hvorfor(?: ikke)?\W*$ | hvordan\W*$",
        r"hvornår\W*$ | hvad så | skete der | forskellen | anledningen | årsagen | grunden | resultatet",
        r"anderledes | i stedet | reager\w* | vedkommende | personen | (?:der|bagefter)\W*$ | udbyttet | udløste | afgjorde",
        "lærte (?:du|i)",
        r"(?:gør|gjorde|siger|sagde|svarer|svarede|valgte|tænkte?r?|følte|ændrede|ville|gør) (?:du|i|de|vi)(?: så| da| i stedet)?\W*$",
        r"hvad (?:ville |kunne |skulle )?(?:hjælpe|hjælper|hjalp|fik|få|får|gør|gjorde|stopper|stoppede|skal der til|der til)(?: dig| jer)?"
        r"(?: i gang| videre)?\W*$",
    ),
    Language.EN: phrases(
        r"it(?! (?:to (?!you|them|others)|that\b|like\b|going\b|take\b)) | them | they | those | these",
        "this(?! (?:year|week|month|term|season|morning))",
        r"their | its | that\W*$ | that \w+\W*$ | so\W*$ | in what way",
        "(?:of|from|about|to|with|after|before|for|in|did|does|was|is|made|makes|do|would|could) (?:that|this|it)(?! (?:to|like|going"
        r"|take)\b) | unsure of",
        r"in doubt about | why(?: not)?\W*$ | how\W*$ | what then | what happened | the difference | the reason | the result | set off",
        r"differently | instead | react\w* | respond\w* | (?:there|next|then|afterwards)\W*$ | keep your word",
        r"(?:what|whom?) did (?:you|they|we) \w+\W*$",
        "(?:do|did|would|will|can) (?:you|they|we) (?:then )?(?:do|say|answer|learn|decide|reply|think|feel|change|choose)(?: then"
        r"| instead)?\W*$",
        r"what (?:would |could )?(?:help(?:s|ed)?|gets?|got|make|makes|made|stops?|stopped|keeps?|kept|holds?)(?: you(?: \w+)?)?\W*$",
    ),
}
EVERYWHERE: Final = re.compile(  # words, and stems of words, that say nothing of what a question is about
    "er|var|har|kan|vil|bør|må|får|gør|do|did|is|are|can|hvad|hvem|hvor|hvil|skal|skul|vill|kunn|have|haft|gøre|jere|dine|vore|ikke"
    "|elle|mest"
    "|godt|what|when|wher|whic|whom|does|your|with|that|from|most|make|woul|coul|shou|like|abou|førs|være|vær|bliv|blev|bleve|been|bein"
    "|some|noge|selv|også|alle|mege|more|mere|much|firs|then|will"
)
NAMES_A_THING: Final[Words] = {  # a second question with one of these is about something, however few its words
    Language.DA: phrases(r"hvilke[nt]? | hvor mange | (?:jeres|dine|din|dit|vores) \w+"),
    Language.EN: phrases(
        r"which | whose | how many | (?:your|our) \w+ | what \w+ (?:do|does|did|would|should|could|can|will|are|have) (?:you|we|the)"
    ),
}
SECOND_QUESTION: Final[Words] = {  # where a second question begins within a sentence
    Language.DA: re.compile(
        r"(?:,|;|\s[-–])?\s+(?:og|samt|men|eller)\s+(?:(?:i|på|til|fra|med|af|for|om|så)\s+)?(?=hv(?:ad|em|or|ordan|ornår|orfor|ilke[nt]?)\b)"
        r"|,?\s+og\s+(?=(?:fortæl|beskriv|nævn|skriv|sig|giv)\b)"
        r"|,\s+(?:og|eller)\s+(?=(?:er|har|kan|vil|skal|bør|burde|synes|føler|bliver|oplever|mener|får)\s+(?:du|i|vi|det|der|man|\w+ne)\b)"
    ),
    Language.EN: re.compile(
        r"(?:,|;|\s[-–])?\s+(?:and|but|or)\s+(?:(?:in|to|at|from|with|for|of|on)\s+)?(?=(?:what|who|whom|which|when|where|why|how)\b)"
        r"|,?\s+and\s+(?=(?:tell|describe|name|write|say)\b)"
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

SETS_THE_SCENE: Final[Words] = {  # how a request begins that only leads up to a question
    Language.DA: phrases("tænk | forestil | husk | se | tag | kom | med"),
    Language.EN: phrases("think | imagine | picture | recall | remember | look | take"),
}

# --- hints at the answer --------------------------------------------------------------------------------------------------------

_PRAISE_DA: Final = (
    r"vellykke\w+|fantastiske?|fremragende|forrygende|succes(?:fulde?|rige?)|banebrydende|enestående|imponerende|glimrende|vidunderlige?|inspirerende"
    r"|uvurderlige?|flotte?|dygtige|prisbelønne\w+|store fremskridt|forbedrede|styrkede|forenklede|oplagte|åbenlyse|mange fordele"
    "|gode nye|spændende|dejlige|stærke|kloge"
)
_BLAME_DA: Final = (
    r"håbløse?|tåbelige?|unødvendige?|unødige|meningsløse?|latterlige?|ligegyldige?|bureaukratiske?|urimelige?|elendige?|ringe|fejlslag\w+|besværlige?"
    "|forældede?|kaotiske?|dovne|irriterende|tunge|evindelige?|endeløse?|bøvlede|stive|tidskrævende|umulige|dårlige(?! nyhed)"
    "|vanskelige(?! (?:samtale|beslutning|valg|sag|situation|dag))|modvillige|umotiverede|negative|skeptiske"
)
_PRAISE_EN: Final = (
    r"wonderful|fantastic|excellent|amazing|great|successful|brilliant|outstanding|inspiring|impressive|invaluable|superb|groundbreaking|obvious"
    "|award-winning|exciting|improved|strengthened|much-needed|long-awaited|clear (?:benefits|advantages|improvements)"
    "|many (?:benefits|advantages|improvements)"
    r"|well-known"
)
_BLAME_EN: Final = (
    r"hopeless|pointless|ridiculous|unnecessary|needless|bureaucratic|useless|terrible|awful|failed|outdated|chaotic|endless|lazy|unreasonable"
    "|burdensome|annoying|tedious|meaningless|incompetent|unfair|poor|bad(?! (?:news|days?|weather))|rigid|time-consuming"
    r"|difficult (?:parents|staff|people|famil\w+|colleagues|politicians|managers)|reluctant|unwilling|negative|sceptical|unmotivated"
)
_HOW_DA: Final = "(?:hvor meget|hvordan|på hvilken måde|på hvilke måder|i hvor høj grad)"
_HOW_EN: Final = "(?:how|in what ways?|in which ways?|to what (?:extent|degree))"
_NAMED_DA: Final = r"(?!en |et |nogen |andre |du |i |vi |man )"  # something that is praised by name, not anyone or oneself
_NAMED_EN: Final = r"(?!an? |someone |others? |another |you |we |they |any)"
_WORTHY_DA: Final = (
    r"(?:god|gode|ordentlig\w*|ansvarlig\w*|dygtig\w*|professionel\w*|moderne|rigtig\w*)"
    r" (?:leder|chef|medarbejder|kolleg|arbejdsplads|repræsentant|skole)\w*"
)
_WORTHY_EN: Final = (
    r"(?:good|decent|responsible|professional|modern|caring|true|great|competent)"
    r" (?:leader|manager|employee|colleague|workplace|representative|school)\w*"
)
_JUDGED_DA: Final = (
    "(?:bedre|bedst|vigtige?t?|vigtigste|afgørende|nødvendige?t?|(?<!i )(?<!så )altid|aldrig|vejen til|nøglen til|fundamentet"
    "|for (?:meget|mange|lidt|få|langsomt?)|går ud over|skader|gavner|styrker|ødelægger)"
)
_JUDGED_EN: Final = (
    "(?:better|best|important|crucial|essential|necessary|vital|always|never|too (?:much|many|little|few|slow|long)|the key|the way to"
    "|harms?|hurts?|improves?|strengthens?|ruins?)"
)
_MANY_DA: Final = r"(?:vi|man|alle|nogle|flere|mange|de fleste|det er (?:jo )?sådan,? at)(?: af \w+)?(?: (?!har|ved)\w+(?:e|r|ne))?"
_MANY_EN: Final = r"(?:we|many|most|some|several|everyone|everybody|people)(?: (?:of )?(?:us|you|people|\w+s))?"
_REPORT_DA: Final = r"(?:fortæl|beskriv|nævn|tænk|forestil|giv|skriv|vælg|sæt|sig|del|prøv|find|peg|kom|se|tag|gæt|du|i har)\b"
_REPORT_EN: Final = r"(?:tell|describe|name|think|give|choose|share|imagine|pick|write|say|find|point|list|recall|picture|finish|you)\b"
LEADING: Final[Words] = {
    Language.DA: phrases(
        r"(?<!\w )(?:er|var|bør|burde|skal|skulle|kan|kunne|vil|ville|har|synes|mener|tror|må) (?:du|i|vi|det|man|der|alle|ledelsen"
        "|den|de) ikke",
        r"(?<!\w )(?:er|bør|burde|skal) (?:\w+ ){1,2}ikke(?= (?:en|et|på|at|bare|også|lidt|mere|for)\b) | mon ikke | er enige? i",
        r"enige? i,? at | , (?:ikke|vel|ikk|ikke sandt)\?$",
        r"hvor (?:glade?|(?:u?til)fredse?|begejstre\w+|stolte?|taknemmelige?|dejligt|godt?|vigtige?t?|skønt|rart)",
        r"hvor (?:fantastisk|trætte?|frustrere\w+|irritere\w+|skadeligt?|dårligt?|slemt?|uretfærdigt?|nyttigt?|gavnligt?|effektivt?"
        r"|motivere\w+)",
        r"hvor meget (?:bedre|lettere|nemmere|gladere|mere \w+ er|(?:mere|mindre) (?:\w+ )?(?:har|er|bliver|blev|får|fik))",
        "hvor stor en (?:fordel|hjælp|glæde|gevinst|byrde)",
        "hvor stor glæde | hvor (?:meget|højt) (?:værdsætter|nyder|elsker|glæder|hjælper|hjalp|gavner|sætter du pris) | takket være",
        "(?:har|er|fik|kan|vi|nu|i) endelig | endelig (?:har|er|fik|kan|kom|blev|fået|kommet|blevet)",
        f"(?:enhver|alle|som(?: en)?) {_WORTHY_DA} | (?:glade?(?:st)?|godt?|bedst|stolte?|lettede?|tilfredse?) (?:for |af |over "
        r"|med )?ved,? at | når (?:\w+ ){0,3}nu",
        r"glade?(?:st)? for ved (?:vores|d\w+ nye) | hvorfor (?:skal|bør|burde) (?:leder\w*|ledelse\w*|alle|man|medarbejder\w*"
        r"|forvaltning\w*)",
        "(?:bedste|værste|dejligste|sjoveste) ved,? at | største (?:fordel|gevinst|forbedring|glæde|hjælp) (?:ved|af|efter|siden)",
        r"(?:godt|bedst) (?:godt )?lide ved (?:vores|d\w+ nye)",
        r"det værste ved (?:vores|d\w+ nye|ledelsen|forvaltningen|kommunen|politikerne)",
        r"(?:grunden til|skyldes det|kan det være|kommer det),? at (?:\w+ ){1,5}(?:aldrig|altid|stadig|ikke|så|hele tiden|for (?:meget"
        "|lidt|mange))",
        r"hvem (?:ville|vil) ikke | får (?:dig|jer) til at tro | hvor (?:ofte|tit) (?:svigter|forsømmer|glemmer) | indrømme\w*",
        "må erkende | (?:de|den|det|vores|jeres) alt for",
        r"før (?:\w+ ){1,3}(?:forstår|lytter|indser|begriber) | skyldes (?:fremgangen|succesen|forbedringen|fremskridtene)",
        r"hvor meget har (?:\w+ ){1,5}betydet | betalt sig | båret frugt | lige så (?:god|dygtig)e? | gode ting (?:er|har)",
        r"^du (?:er|kender|ved) (?:sikkert|nok|jo) | , (?:der|som) stadig(?:væk)? ikke",
        "hvilke gode (?:erfaringer|resultater|virkninger|oplevelser) | (?:synes|tror|mener) (?:du|i) virkelig",
        rf"hvilken? (?:{_BLAME_DA})(?= \w) | (?:er|har|bliver|får) (?:du|i|vi) blevet (?:bedre|dygtigere|gladere)",
        rf"^(?:nu hvor|eftersom|fordi|taget i betragtning) [^?]*\b{_JUDGED_DA}\b",
        f"^{_MANY_DA} (?:(?:alle|jo|tit|ofte) )?(?:ved|oplever|synes|mener|føler|siger|tror|klager|ønsker|erfarer|fortæller"
        r"|er trætte af|er enige)(?![^?]*\bandre\b)",
        r"^(?:forskning\w*|(?:\w+ )?undersøgelser\w*|studier|erfaringe\w+|tal|rapporte\w+) (?:\w+ ){0,3}(?:viser|peger|tyder|siger"
        "|fortæller|bekræfter)",
        rf"^(?!{_REPORT_DA})(?![^?]*\b(?:taler?|talte|handler|sagde|sagt|spurgte|svarede|skrev|valgte|valgt"
        rf"|andre)\b)[^?]*\b{_JUDGED_DA}\b[^?]*\.$",
        "trods alt | kunne være bedre end",
        rf"{_HOW_DA} (?:har|er) {_NAMED_DA}(?:\w+ ){{1,6}}(?:forbedret|lettet|styrket|gavnet|hjulpet|inspireret|beriget|løftet|gavn af"
        "|glæde af|ødelagt|forværret|forringet|skadet|svækket|svigtet|gået ud over)",
        rf"{_HOW_DA} (?:(?:har|vil|kan) {_NAMED_DA}(?:\w+ ){{1,6}}gjort?e?|(?:gør|gjorde) {_NAMED_DA}(?:\w+ ){{1,6}})(?:\w+ ){{0,5}}"
        r"(?:bedre|dygtigere|klogere|stærkere|lettere|nemmere|gladere|tryggere|tydeligere|mere \w+|mindre \w+|sværere|værre|dårligere)",
        f"{_HOW_DA} (?:styrker|forbedrer|gavner|beriger|inspirerer|forbedrede|styrkede|lettede) {_NAMED_DA}(?!dem"
        r"|det\W)\w",
        "hvilken? (?:stor )?(?:glæde|gavn|nytte|fornøjelse|inspiration) (?:har|fik|får|havde) (?:du|i)",
        "blevet (?:bedre|lettere|nemmere|værre|sværere) (?:med|af|efter|siden) (?:den|det|de|vores)",
        "som (?:vi|i|du) (?:alle )?(?:jo )?ved | som bekendt | som alle ved | vi ved (?:jo|alle) | alle ved | alle er enige",
        "det er klart,? at | (?:er|har|skal|kan|vil|ved) jo | i ved jo | naturligvis | selvfølgelig | selvsagt | indlysende | oplagt",
        "åbenlyst | tydeligvis | utvivlsomt | heldigvis | desværre | forståeligt nok",
        rf"(?:den|det|de|vores|jeres|disse|denne|dette|sådan en|sådan et|alle|af) (?:\w+,? ){{0,2}}(?:{_PRAISE_DA}|{_BLAME_DA})(?= \w)",
        r"hvorfor (?:er|var|bliver) (?:\w+ ){1,4}(?:så|vigtige?t?|nødvendige?t?|bedre|bedst|afgørende|den ret\w+|(?:den "
        "|det )?rigtige?t?|en fordel|en god|et godt)",
        r"hvorfor (?:giver|får|skaber|klarer|fungerer|virker|fører|lykkes) (?!d[ue]t? |i )(?:\w+ ){1,6}(?:bedre|bedst|mere|gladere"
        "|stærkere)",
        r"hvorfor (?:\w+ ){1,6}så (?:svært|let|få|mange|meget|lidt|lang\w*|\w+ at)",
        r"hvorfor (?:\w+ ){1,4}(?:så(?! (?:du|i|det|de|vi|han|hun)\b)|bedre end|stadig|stadigvæk|ikke|aldrig|altid|hele tiden)",
        "hvorfor ikke bare",
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
        rf"how much (?:more|less) (?:\w+ )?(?:has|have|did|do|does|is|are|was) | (?:as|for) an? {_WORTHY_EN}",
        f"(?:every|any|all) {_WORTHY_EN}",
        rf"{_HOW_EN} (?:has|have|did|does|do|is|are|will) {_NAMED_EN}(?:\w+ ){{1,6}}(?:made?|make|making) (?:you|your|us|our|it|the"
        r"|things|life|work|daily)(?: \w+){0,4} "
        r"(?:better|easier|stronger|happier|safer|clearer|wiser|simpler|worse|harder|more \w+|less \w+)",
        "paid off | as good an? | good things (?:have|has|came|did) | ^you (?:probably|surely|must|will)",
        "who still (?:do|does|did)(?:n't| not)",
        "(?:we|now|have|has|is|are) finally | finally (?:have|has|got|gets?|be|is|are)",
        "(?:biggest|greatest|main) (?:benefit|advantage|gain|improvement)s? (?:of|from|since)",
        "(?:like|love|enjoy|appreciate)(?: (?:most|best))? about (?:our|the new|this) | (?:proud|glad|happy|pleased) that we",
        r"(?:reason|how come|is it)(?: that)? (?:\w+ ){1,5}(?:never|always|still|so \w+|refuses?|keeps?) | who wouldn't",
        "what makes you think(?! (?:of|about))",
        r"(?:the|our|your|those|these) far too | why (?:should|must) (?!you\b|i\b|an?\b|\w+one\b)\w+ | too lazy",
        r"how often do you (?:forget|fail|neglect) | \badmit | before (?:\w+ ){1,3}(?:understands?|listens?|realises?)",
        "do you really (?:think|believe|need)",
        rf"(?:which|what) (?:{_BLAME_EN})(?= \w) | (?:which|what) (?:good|great|fine) (?:results|effects|experiences) | become better",
        rf"^(?:now that|given|since|because|seeing that|considering) [^?]*\b{_JUDGED_EN}\b",
        f"^{_MANY_EN} (?:(?:all|often|already) )?(?:say|says|feel|feels|think|thinks|believe|believes|find|finds|know|knows|agree"
        "|agrees|experience|complain"
        r"|wants?|are tired of)(?![^?]*\bothers?\b)",
        r"^(?:research|(?:\w+ )?(?:studies|surveys)|evidence|experience|the (?:numbers|figures|survey)) (?:\w+ ){0,3}(?:shows?"
        "|suggests?|tells?|says?|proves?)",
        rf"^(?!{_REPORT_EN})(?![^?]*\b(?:talk\w*|about|said|asked|wrote|chose|answered|others)\b)[^?]*\b{_JUDGED_EN}\b[^?]*\.$",
        "how (?:dissatisfied|satisfied|unhappy|proud|grateful|delighted|excited|important|wonderful|great|good|bad|useful|helpful"
        "|valuable|relieved)",
        r"how (?:frustrat\w+|tired|annoy\w+|harmful|unfair|beneficial|successful|effective|badly|much (?:better|easier|worse|nicer"
        r"|happier|more \w+ (?:is|are)))",
        r"how (?:much|greatly) (?:do|did|does|has|have|are|is) (?:\w+ ){1,5}(?:improved?|helped|benefit\w*|enjoy\w*|appreciate\w*"
        "|value|love|better|easier)",
        rf"{_HOW_EN} (?:has|have|did) {_NAMED_EN}(?:\w+ ){{1,6}}(?:improved?|helped?|benefit\w*|strengthen\w*|inspired?|enrich\w*"
        r"|ruin\w*|damaged?|hurt)",
        "as (?:we|you) (?:all )?know | as everyone knows | everyone (?:knows|agrees) | we all (?:know|agree)",
        "it is (?:clear|obvious) that | given that | obviously | of course | clearly | naturally | undoubtedly | evidently",
        "needless to say | fortunately | unfortunately | sadly | thanks to",
        rf"(?:the|our|your|these|this|those|that|such an?|\w+'s) (?:\w+,? ){{0,2}}(?:{_PRAISE_EN}|{_BLAME_EN})(?= \w)",
        r"why (?:is|was|are|were) (?:\w+ ){1,5}(?:so|right|important|necessary|better|best|essential|crucial|vital|still|always|never|not"
        "|good|a good)",
        r"why (?:do|does|did) (?!you |it |that |this )(?:\w+ ){1,8}(?:better|best|more \w+ than|easier|happier)",
        r"why (?:do|does|did|can|have|has) (?:\w+ ){0,6}(?:still|not|never|always|resist|refuse|insist|ignore|(?<!you )keep|fail"
        r"|so (?!that|far)\w+) | why \w+n't",
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

NEGATION: Final[Words] = {  # two of them in a clause are one too many
    Language.DA: phrases("ikke | ej | ingen | intet | aldrig | næppe | hverken | ingenting | ingensteder | sjældent | nødig | knap nok"),
    Language.EN: phrases(
        "not | never | none | nobody | nothing | nowhere | neither | nor | hardly | scarcely | barely | rarely | seldom | cannot | no one",
        r"no | \w+n't",
    ),
}
TURNS_AROUND: Final[Words] = {  # one of these close to a negation is read as a second one
    Language.DA: phrases(
        r"undlad\w* | undlod | undgå\w* | undgik | forhindre\w* | hindre\w* | afvis\w* | benægte\w* | fraråde\w* | fravælg\w* | afhold\w*",
        r"udelad\w* | lader? være | uden | nægte\w* | tvivle\w* | mangle\w* | savne\w* | glip af | forb[yu]d\w* | forkerte? | modsætte\w*",
        r"u(?!d|nde|nge?\b|ngdom|niv|nif|nik|top|ge|ret)\w{4,} | \w{3,}løse?t?",
    ),
    Language.EN: phrases(
        r"avoid\w*(?! (?!that)(?:\w+ ){1,3}(?:you|they|we) ) | fail(?:s|ed|ing)? | refus\w+ | prevent\w* | den(?:y|ies|ied)",
        r"lack\w*(?! that)",
        r"forbid\w* | without | doubt(?:s|ed)? | neglect\w* | omit\w* | reject\w* | declin\w+ | wrong | absence | stop | from(?= not)",
        r"miss(?:es|ed)?(?! (?:that|if|most)) | dislik\w+",
        "im(?:possible|proper|patient) | in(?:significant|appropriate|sufficient|adequate|secure|capable|correct)",
        "ir(?:relevant|responsible)",
        r"dis(?:agree|satisf|approv|regard|courag|honest)\w* | un(?!it|ion|iq|if|iv|der|til|less\b|cle)\w{4,}(?! (?:of|about) that)",
        r"(?!unless|regardless|nevertheless|nonetheless|doubtless)\w{3,}less",
    ),
}
THAT: Final[Words] = {  # what may stand between the two without parting them
    Language.DA: re.compile(r"^(?: (?:du|i|vi|man))?,? at\b"),
    Language.EN: re.compile(r"^(?: (?:you|we|they))? that\b"),
}
PLAIN_NO: Final[Words] = {  # what counts as no negation, because it is read at a glance
    Language.DA: phrases(
        "ikke (?:kun|bare|blot|mindst|mere|længere) | og ikke | kan (?:du|i) ikke undvære | om ikke andet | om eller ej",
    ),
    Language.EN: phrases(
        "no names? | not (?:only|just|least|yet) | and not | no longer | (?:do|live|manage|work) without | nobody else | no matter",
        "(?:say|says|said|saying|answer) no",
    ),
}
FEW_WORDS: Final = 3  # between a negation and what turns it around
