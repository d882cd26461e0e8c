r"""Words by which `question_lint` knows a question that hints at its answer: praise, blame and claims; in Danish and English.

They are written as in `question_words`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.programme import Language
from schedules.checking.questions.question_words import phrases

if TYPE_CHECKING:
    from schedules.checking.questions.question_words import Words

_PRAISE_DA: Final = (
    r"vellykke\w+|fantastiske?|fremragende|forrygende|succes(?:fulde?|rige?)|banebrydende|enestående|imponerende|glimrende|vidunderlige?|inspirerende"
    r"|uvurderlige?|flotte?|dygtige|prisbelønne\w+|store fremskridt|forbedrede|styrkede|forenklede|oplagte|åbenlyse|mange fordele"
    "|store løft|gode (?:erfaringer|resultater|oplevelser|takter)"
    "|(?:mange|rigtig|virkelig) gode?"
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
    r"|well-known|(?:many|really|very) good|good (?:results|experiences)"
)
_BLAME_EN: Final = (
    r"hopeless|pointless|ridiculous|unnecessary|needless|bureaucratic|useless|terrible|awful|failed|outdated|chaotic|endless|lazy|unreasonable"
    "|burdensome|annoying|tedious|meaningless|incompetent|unfair|poor|bad(?! (?:news|days?|weather))|rigid|time-consuming"
    r"|difficult (?:parents|staff|people|famil\w+|colleagues|politicians|managers)|reluctant|unwilling|negative|sceptical|unmotivated"
)
# what may stand between the words of a hint
_HOW_DA: Final = "(?:hvor meget|hvordan|på hvilken måde|på hvilke måder|i hvor høj grad)"
_HOW_EN: Final = "(?:how|in what ways?|in which ways?|to what (?:extent|degree))"
_NAMED_DA: Final = r"(?!en |et |nogen |andre |du |i |vi |man )"  # something that is praised by name, not anyone or oneself
_NAMED_EN: Final = r"(?!an? |someone |others? |another |you |we |they |any)"
# "as every good leader should"
_WORTHY_DA: Final = (
    r"(?:god|gode|ordentlig\w*|ansvarlig\w*|dygtig\w*|professionel\w*|moderne|rigtig\w*)"
    r" (?:leder|chef|medarbejder|kolleg|arbejdsplads|repræsentant|skole)\w*"
)
_WORTHY_EN: Final = (
    r"(?:good|decent|responsible|professional|modern|caring|true|great|competent)"
    r" (?:leader|manager|employee|colleague|workplace|representative|school)\w*"
)
# what a claim before the question says of things: "Trust is the key to good work. How …"
_JUDGED_DA: Final = (
    "(?:bedre|bedst|vigtige?t?|vigtigste|afgørende|nødvendige?t?|(?<!i )(?<!så )altid|aldrig|vejen til|nøglen til|fundamentet"
    "|for (?:meget|mange|lidt|få|langsomt?)|brug for (?:mere|mindre|flere|færre)|betaler sig|går ud over|skader|gavner|styrker|ødelægger)"
)
_JUDGED_EN: Final = (
    "(?:better|best|important|crucial|essential|necessary|vital|always|never|too (?:much|many|little|few|slow|long)|the key|the way to"
    "|pays off"
    "|harms?|hurts?|improves?|strengthens?|ruins?)"
)
# whom people like to blame
_ABOVE_DA: Final = "(?:forvaltningen|ledelsen|politikerne|kommunen|byrådet)"
_ABOVE_EN: Final = "(?:administration|management|politicians|council|head office)"
# whose opinion is told before the question: "Many leaders feel that …"
_MANY_DA: Final = r"(?:vi|man|alle|nogle|flere|mange|de fleste|det er (?:jo )?sådan,? at)(?: af \w+)?(?: (?!har|ved)\w+(?:e|r|ne))?"
_MANY_EN: Final = r"(?:we|many|most|some|several|everyone|everybody|people)(?: (?:of )?(?:us|you|people|\w+s))?"
# openings of a sentence that claims nothing: a request, or what the reader did
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
        "(?:mest|særlig|især) (?:glad for|tilfreds med|stolt af),? at | åbnet (?:dine|jeres) øjne | hemmeligheden bag",
        "i hvilken grad har",
        r"blande\w* sig (?:så|for) meget",
        "må erkende | (?:de|den|det|vores|jeres) alt for",
        r"før (?:\w+ ){1,3}(?:forstår|lytter|indser|begriber) | skyldes (?:fremgangen|forbedringen|fremskridtene)",
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
        rf"{_HOW_DA} har {_NAMED_DA}(?:\w+ ){{1,6}}gjort en (?:\w+ )?forskel",
        r"hvordan (?:oplever|mærker|ser) (?:du|i),? at (?:\w+ ){1,5}(?:styrker|forbedrer|gavner|hjælper|letter)",
        rf"{_ABOVE_DA} (?:\w+ ){{0,3}}(?:for (?:meget|lidt|mange)|aldrig|altid)",
        r"^(?:alle|ingen) (?!har|er|var|skal|kan|får|af|bør)\w+r\b | ^ingen (?:kan lide|vil|ønsker|gider|kan (?:vel )?være)",
        r"spænde\w* ben | ned over hovedet | undskyldning for ikke | retfærdiggør\w* | hvor heldige? | vundet ved | succesen",
        "(?:har|er) [^,?]*til det bedre | gjort for at (?:løfte|forbedre|styrke|lette)",
        "taknemmelige? for ved | endnu (?:bedre|dygtigere|stærkere)",
        r"det (?!svæ|vanske|hård)\w+ste ved (?:vores|d\w+ nye) | trods alt | kunne være bedre end",
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
        r"hvornår (?:holder|stopper|begynder|lærer|får) (?:\w+ ){1,4}(?:\w+ ){0,3}(?:endelig|op med at|lytte|styr på|alvorligt)",
        r"hvad er det bedste ved (?:vores|d\w+ nye) | hvad er (?:der )?galt med | hvem har skylden | hvis skyld | bliver ved med at",
        "nægter at | modarbejder | skeptikere(?:ne)? | modstandere(?:ne)?",
        "hvor (?:stor|meget) (?:en )?(?:forskel|betydning|effekt|virkning|nytte|gavn|værdi)",
        r"så (?:godt?|gode|dygtige?|populært?)(?! (?:som|i\b)) | hvilken? (?:\w+ )?(?:positive?|negative?)",
        "til at (?:forstå|indse|acceptere),? | hvilke[nt]? (?:store? )?(?:fordele?|gevinst(?:er)?|ulemper?|forbedring(?:er)?|fremskridt)",
        "(?:igen|endnu en gang) har",
        r"^(?:vi|alle|det|de fleste|konferencen|den nye|det nye|vores) [^?]*\b(?:alle|glade|god|godt|gode|bedre|vigtig\w*|succes"
        r"|flot|dejligt|enige|afgørende|stolte|nødvendig\w*)\b[^?]*\.$",
        "hvor (?:let|nemt|smart|klogt|trygt|spændende|hyggeligt) | stritter imod | tidsspild | papirnusseri | papirvælde",
        "bureaukratiet? | gammeldags | hvad (?:elsker|elskede|nød) du | glædede du dig mest",
    ),
    Language.EN: phrases(
        "(?:do|does|did|is|are|was|were|should|would|wo|ca|could|have|has)n't (?:you|it|we|they|that|this|there|our|the|everyone"
        "|leaders|managers|most|many)",
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
        "(?:which|what) (?:progress|gains|positive|negative|benefits|advantages|disadvantages|improvements) | (?:once|yet) again",
        r"^(?:we|everyone|everybody|it|most people|the conference|the new|our) [^?]*\b(?:all|happy|good|great|better|important"
        r"|success|agree|crucial|proud|necessary|pleased|best)\b[^?]*\.$",
        "resist(?:s|ing)? | refuses? to | old-fashioned | stubborn | sceptics | skeptics | you loved? | did you love | wouldn't it be",
        "better than ever | (?:has|have|did) [^,?]*for the better | the secret (?:behind|of) | the advantages of | opened your eyes",
        rf"{_ABOVE_EN} (?:\w+ ){{0,4}}(?:too (?:much|little|often|many)|never|always) | excuse for not | justify | how lucky | even better",
        r"gained (?:\w+ )?(?:from|by) | the success of | ^(?:everyone|everybody|nobody|no one) (?!has|have|was|is|will|can|in|at)\w+s",
        "^(?:we|leaders) (?:need|should|ought)",
        rf"{_HOW_EN} (?:has|have|did) {_NAMED_EN}(?:\w+ ){{1,6}}made? an? (?:\w+ )?difference | forced (?:on|upon)",
        r"how do you (?:feel|see|find|experience)(?: that)? (?:\w+ ){1,5}"
        "(?:strengthens?|improves?|helps?|benefits?)",
    ),
}
