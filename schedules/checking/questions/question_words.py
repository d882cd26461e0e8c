r"""Words by which `question_lint` knows what a question asks: openings, follow-ups, yes or no, negation; in Danish and English.

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
        r"hv(?:ad|em|or) \w+ (?:du|i|de|vi) (?:\w+ )?(?:på|i|af|fra|til|med|om|for|efter|ved|over)\W*$",
        r"anderledes | i stedet | reager\w* | vedkommende | personen | (?:der|bagefter)\W*$ | udbyttet | udløste | afgjorde",
        "lærte (?:du|i)",
        r"(?:gør|gjorde|siger|sagde|svarer|svarede|valgte|tænkte?r?|følte|ændrede|ville|gør) (?:du|i|de|vi)(?: så| da| i stedet)?\W*$",
        r"hvad (?:ville |kunne |skulle )?(?:hjælpe|hjælper|hjalp|fik|få|får|gør|gjorde|stopper|stoppede|skal der til|der til)(?: dig| jer)?"
        r"(?: i gang| videre)?\W*$",
    ),
    Language.EN: phrases(
        r"it(?! (?:to (?!you|them|others)|that\b|like\b|going with\b|take\b)) | them | they | those | these",
        "this(?! (?:year|week|month|term|season|morning))",
        r"their | its | that\W*$ | that \w+\W*$ | so\W*$ | in what way",
        "(?:of|from|about|to|with|after|before|for|in|did|does|was|is|made|makes|do|would|could) (?:that|this|it)(?! (?:to|like|going with"
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
    Language.DA: phrases(
        r"hvilke[nt]? | hvor mange | (?:ved|om|med|på|i|til|af|for|fra) (?!først|bagefter|hvad|hvem)\w{5,}\W*$",
        r"(?:jeres|dine|din|dit|vores) \w+",
    ),
    Language.EN: phrases(
        r"which | whose | how many | (?:your|our) \w+ | (?:about|with|for|of|to|in|on) (?!first|next|then|most|when|what)\w{4,}\W*$",
        r"do (?:you|we) (?:use|get|see|run) \w{4,} | what \w+ (?:do|does|did|would|should|could|can|will|are|have) (?:you|we|the)",
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
        r"|\b(?:what do you think (?:of|about)|how do you (?:feel about|rate|find|experience)|how \w*satisfied are you) "
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
        rf"(?:(?:{_VERBS_DA})\b|(?!hvor\w*\b|når\b|for\b|før\b|efter\b|under\b|over\b|der\b)\w+r\s+(?:du|i|vi|man|nogen|alle)\b)"
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
        r"udelad\w* | lader? være | uden | nægte\w* | tvivle\w* | mangle\w* | savne\w* | glip af | forb[yu]d\w* | mod(?=,? at\b)",
        r"forkerte? | modsætte\w*",
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
    Language.DA: re.compile(r"^(?: (?:du|i|vi|man))?(?:,? at\b|,(?= det (?:er|var)\b))"),
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
