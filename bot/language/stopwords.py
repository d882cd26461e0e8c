"""Words that tell nothing by themselves, and words that the dictionary gets wrong.

There are short lists, Danish and English, to be read and extended by hand: the smallest words, then others by their kind. A form that is
more often a word of its own is left out ("hold", a team; "bruger", a user). Their words are written as in running text. A word in
capitals (MED, the joint committee, not "with") counts only if people write it in capitals.
"""

from __future__ import annotations

from typing import Final

DANISH: Final = """
    a af ad alle allerede allesammen alligevel alt altid and anden andet andre at bag bare begge blandt blev blevet bliv blive bliver
    blot burde både bør da de dem den denne der dér deraf derefter derfor deres derfra deri derved desuden det dette dig din dine
    disse dit dog du efter egen eget egne eller ellers en end endnu ene eneste enhver ens er et etc eventuelt evt faktisk fik fleste
    flere for fordi forrige frem fra før først få får fået gang gange gennem gerne gik gjorde gjort gør gøre gå går gået ham han hans har
    havde have hel hele heller helt hen hende hendes her hos hun hvad hvem hver hverken hvert hvilke hvilken hvilket hvis hvor
    hvordan hvorfor hvornår hvorvidt i ifølge igen igennem ikke imellem imens imod ind inde inden indtil ingen intet især ja jeg jer
    jeres jo kan kom komme kommer kun kunne kunnet lad lade lader langt lave laver lidt lige ligesom lille man mange med meget
    mellem men mens mere mest mig min mindre mindst mine mit mod mon må måske måtte ned nej netop nogen noget nogle nok nu ny nye
    nyt når nær næsten næste nå og også om omkring op os over overalt overfor par på samme sammen samt selv selvom set side siden
    sidst sidste sig siger sige sin sine sit skal skulle skullet snart som stadig stor store stort større synes så sådan således
    sådanne tage tager tag tit til tilbage tror tro ud ude uden udenfor under undervejs var ved vel vi via vil ville vist vores vor
    være været ting måde måden
"""
ENGLISH: Final = """
    about above after again all almost already also always am an and another any anyone anything are aren as at away back be became
    because become been before being below between both but by came can cannot come could couldn did didn do does doesn doing don
    done down during each either else enough etc even ever every everyone everything few first for from further gave get gets
    getting give given go goes going gone got had has hasn have haven having he her here hers him his how however if in instead into
    is isn it its itself just last least less let like ll lot made make makes making many may maybe me might mine more most much
    must my myself need needs never next no nobody none nor not nothing now of off often on once one only onto or other others our
    ours out over own per perhaps put quite rather re really same say says see seem seems she should shouldn since so some someone
    something sometimes soon still such take takes than that the their theirs them themselves then there these they thing things
    think this those though through to together too took toward towards under until up upon us use used using ve very want wants was
    wasn way ways we well went were weren what when where whether which while who whom whose why will with within without won would
    wouldn yes yet you your yours
"""
DANISH_BY_KIND: Final = {
    "verbs that another word gives their meaning": """
        begynde begynder begyndte begyndt fås hænge hænger hang hængt holde holder holdt holdes kalder kaldte kaldt lyder lød lægge
        lægger lagde lagt lægges ligge ligger lå ligget mene mener mente prøve prøver prøvede prøvet prøv se ser ses sidde sidder
        sad siddet stiller stillede stillet stå står stod stået sætte sætter satte sat sættes taget tages tog vise viser viste vises
        handler handlede
    """,
    "numbers and times": """
        to tre fire fem seks syv otte ni ti elleve tolv halv halvt halve første tredje år året årene dag dagen dage dagene uge ugen
        uger ugerne måned måneden måneder sted steder
    """,
    "adverbs and praise": """
        aldrig bedre bedst bedste desværre egentlig egentligt forskellig forskelligt forskellige galt god godt gode heldigvis
        hellere helst klar klart længe længere nemlig ofte præcis præcist rigtig rigtigt rigtige rundt senere simpelthen straks
        særlig særligt tidligere virkelig
    """,
    "talk about answering and wishing": """
        svar svare svarer svarede svaret svarene svart spørge spørger spurgte spurgt spørgsmål spørgsmålet spørgsmålene ønske ønsker
        ønskede ønsket ønskes ønskerne håbe håber håbede tænke tænker tænkte tænkt
    """,
}
ENGLISH_BY_KIND: Final = {
    "verbs that another word gives their meaning": """
        begin begins began begun holds holding keep keeps kept lay lays laid saw seen sees set sets show shows showed shown sits
        stay stays taken taking tried tries try trying turn turns turned
    """,
    "numbers and times": """
        two three four five six seven eight nine ten eleven twelve half second third year years day days week weeks month months
    """,
    "adverbs and praise": """
        actually best better earlier exactly good great later long longer probably right simply
        unfortunately
    """,
    "talk about answering and wishing": """
        answer answers answered answering ask asks asked asking question questions wish wishes wished hope hopes hoped thought
    """,
}
SILENT: Final = frozenset(" ".join([DANISH, ENGLISH, *DANISH_BY_KIND.values(), *ENGLISH_BY_KIND.values()]).split())
SILENT_AS_WRITTEN: Final = SILENT | {word.capitalize() for word in SILENT}  # a text written in capitals is lowered first

OVERRIDES: Final = {  # form → lemma, for nouns that the dictionary takes for verbs, and for words that it confuses
    form: lemma
    for lemma, forms in {
        "MED": "MED",
        "TR": "TR tr",
        "AMR": "AMR amr",
        "IT": "IT",
        "ansat": "ansat ansatte ansattes",
        "barn": "barn barnet barns børn børnene børns",
        "borger": "borger borgers borgeren borgere borgerne borgernes",
        "deltager": "deltager deltagers deltagerne",
        "forælder": "forælder forælders forældre forældrene forældres forældrenes",
        "handicap": "handicap handicappet handicaps",
        "kursus": "kursus kurset kurser kurserne",
        "leder": "leder leders lederen lederne ledernes ledere",
        "ledelse": "ledelse ledelsen ledelses ledelsens",
        "modtager": "modtager modtagers modtagerne",
        "nem": "nem nemt nemme",
        "pause": "pause pausen pauser pauserne",
        "politiker": "politiker politikers politikeren politikere politikerne politikernes",
        "ros": "ros rosen",
        "rådgiver": "rådgiver rådgivers rådgiverne",
        "sagsbehandler": "sagsbehandler sagsbehandlers",
        "svær": "svær svært svære",
        "tale": "tale talte talt",
        "tillidsvalgt": "tillidsvalgt tillidsvalgte",
        "vejleder": "vejleder vejleders vejlederne",
        "ældre": "ældre ældres",
    }.items()
    for form in forms.split()
}
