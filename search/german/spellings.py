"""One spelling for words that have two: Potential and Potenzial, Delphin and Delfin, and those that were once in use.

The words are folded. An old spelling counts only in words where it cannot be a name or another word (Theil, Thür, but
not Roth and Rath); it need not be one that a text has.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from search.german.branches import any_of

# What a folded word has, the pattern of what is written otherwise, and how; the reform of 1996 allows both.
_BOTH = """
symphon     symphon                                     sinfon
ph          ph(?=oto|on(?!n)|ant(?:as|om))|(?<=gra)ph|(?<=del)ph   f
selbstst    selbstst(?=aend)                            selbst
aufwaend    (?<=aufw)aend(?=ig)                         end
alp         (?<=al)p(?=traum|traeum|druck|drueck)       b
nti         (?<=n)t(?=ial|iell|ioes)                    z
stengel     ^stengel|(?<=[nr])stengel                   staengel
behend      ^behend                                     behaend
schwengl    (?<=schw)e(?=nglich)                        ae
greu        (?<=^gr)e(?=uel|ulich)                      ae
schneuz     (?<=^schn)e(?=uz)                           ae
gemse       ^gemse(?=n?$)                               gaemse
rauh        rauh(?=(?:e[mnrs]?)?$|haar|reif|bein|fa)    rau
bleu        (?<=ein)bleu(?=e|t)|(?<=ver)bleu(?=e|t)     blaeu
kode        (?:^|(?<=strich)|(?<=quell)|(?<=zahlen))kode(?=n?s?$)   code
disko       disko(?=s?$|thek|kugel|musik)               disco
schaenke    schaenke(?=n?$)                             schenke
scharm      ^scharm(?=s?$|offensive)                    charme
menu        ^menu(?=s?$)                                menue
numer       ^nu(?=merier)                               num
plazier     (?<=pla)z(?=ier)                            tz
tip         ^tip(?=s?$)                                 tipp
stop        ^stop(?=s?$)                                stopp
karamel     (?<=karame)l(?!l)                           ll
gurt        ^(?:yoghurt|yogurt|jogurt)                  joghurt
th          ^th(?=unfisch)|(?<=pan)th(?=er)             t
ketschup    ketschup                                    ketchup
klub        klub                                        club
kusine      ^kusine                                     cousine
zirka       ^zirka$                                     circa
kalzium     ^kalzium                                    calcium
oxyd        (?<=ox)y(?=d)                               i
jacht       jacht(?!er)                                 yacht
frisoer     ^frisoer                                    friseur
spagetti    ^spagetti                                   spaghetti
nougat      ^nougat                                     nugat
zierrat     ^zierr(?=at)                                zier
roheit      (?<=ro)h(?=eit)                             hh
tolpatsch   ^tol(?=patsch)                              toll
justitz     (?<=justi)tz                                z
"""

# What was written before 1901, or where a word was divided (Zuk-ker), and what is written today.
_OLD = """
th          th(?=eil|uer(?!ing)|urm|aler|ier(?!r|s)|eur|eue|raen|aet)   t
thal        (?:(?<=en)|(?<=er)|(?<=el)|^)th(?=al(?:s|es?|ern?)?$)       t
th          (?<=rt)h(?=um|uem|schaft)|(?<=[aeiou]t)h(?=um(?:s|es)?$|uemer|haus|wend|ig(?:$|e|k))|(?<=rt)h(?=voll)   -
th          (?:(?<=heima)|(?<=mona)|(?<=[rd]mu)|(?<=gemue)|(?<=mie)|(?<=[fg]lu)|(?<=blue))th(?=(?:en?|s)?$)   t
thee        ^thee(?=s?$)                                tee
athem       ^ath(?=em)                                  at
c           c(?=entr)|(?<=pro)c(?=ess)|(?<=offi)c(?=ier)|(?<=con)c(?=ert)   z
c           ^c(?=oeln|omm(?:iss|and|ers|un)|on(?:fer|serv|gress|cert|stanz|zert|sul|curr|sti)|andid|assel$)   k
c           ^c(?=asse$|ultur|orresp)                    k
c           ^c(?=apit[ae]|abinet|redit|reatur|olon(?:ie|ial)|opie|anal(?:s|es)?$|lasse)   k
c           ^c(?=arlsruhe|oblenz|refeld)                k
c           (?<!^a)(?<=[aeioun])c(?=t(?:$|e[mnrs]?$|s$|ion|ur|iv|or|eur|isch|ober|ie))|(?<=^a)c(?=ten?$|tie)   k
litterat    (?<=lit)t(?=erat)                           -
gie         (?:^|(?<=^er)|(?<=^ver)|(?<=^auf)|(?<=^um))gie(?=bt$|ng)   gi
ieng        (?<=^h)ie(?=ng)|(?<=^f)ie(?=ng)             i
seyn        ^seyn                                       sein
bey         ^bey(?=$|d|sp|trag)                         bei
zwey        ^zwey                                       zwei
drey        ^drey                                       drei
policey     (?<=poli)cey                                zei
parthey     ^parthey                                    partei
ey          (?:(?<=.er)|(?<=z)|(?<=zl)|(?<=abt)|(?<=arzn)|(?<=tuerk)|(?<=tyrann)|(?<=heuchel))ey(?=en$|s?$)   ei
soc         ^soc(?=iali|iald|iet)                       soz
speci       ^speci(?=al[ie]|ell)                        spezi
iren        (?<=....)(?<!v)(?<!mo)iren$                 ieren
aare        ^waare                                      ware
schaar      ^schaar                                     schar
heerd       ^heerd                                      herd
huelf       ^huelf                                      hilf
graenz      ^graenz                                     grenz
brod        ^brod(?=(?:e|es|s)?$)                       brot
gesammt     ^gesammt                                    gesamt
teutsch     ^teutsch                                    deutsch
baiern      ^baiern                                     bayern
wuertem     ^wuertem                                    wuerttem
aecht       ^aecht                                      echt
erndte      ^erndte                                     ernte
kk          (?<!c)kk(?=e)                               ck
niss        (?<=..ni)ss$                                s
"""

# The other spelling of words and the usual one, wherever in a word: loan words, words of other scripts, old ones.
_PAIRS = """
portmonee portemonnaie, majonaese mayonnaise, exposee expose, dekolletee dekollete, varietee variete
kommunikee kommunique, pappmaschee pappmache, schikoree chicoree, negligee neglige, soufflee souffle, separee separe
frottee frotte, resuemee resume, attaschee attache, cliche klischee, canape kanapee, bouquet bukett, buefett buffet
portrait portraet, liqueur likoer, kognak cognac, sosse sauce, sketsch sketch, grisli grizzly, maffia mafia
katarrh katarr, myrrhe myrre, haemorrhoid haemorrid, kuskus couscous, kodier codier, kasino casino, cabaret kabarett
cellophan zellophan, citrus zitrus, circus zirkus, cyklus zyklus, cigarr zigarr, cigarett zigarett, cylinder zylinder
medicin medizin, vaccin vakzin, princip prinzip, officiel offiziel, justitiar justiziar, pretios prezios
bravur bravour, nessessaer necessaire, polonaese polonaise, malaese malaise, draenage drainage
fassette facette, butike boutique, boulette bulette, kautsch couch, elephant elefant, quentchen quaentchen
belemmer belaemmer, ueberschweng ueberschwaeng, kaenguruh kaenguru, zaeheit zaehheit, scharmant charmant
djihad dschihad, jihad dschihad, qaida kaida, qaeda kaida, hizbollah hisbollah, hizbullah hisbollah
hezbollah hisbollah, sharia scharia, burqa burka, ajatollah ayatollah, guerrilla guerilla
bureau buero, caffee kaffee, chocolad schokolad, nazion nation, sopha sofa, getraide getreide, kollier collier
"""
_USUAL = dict(pair.split() for line in _PAIRS.strip().splitlines() for pair in line.split(", "))

# How words may begin that are written otherwise in more than one letter, by how they begin here.
_BEGINNINGS = tuple(
    tuple(row.split())
    for row in """
sinfon symphon
spagh spag
ketch ketsch
platz plaz
aufwe aufwa
stang steng
behan behen
grau greu
schnauz schneuz
gams gems
cousin kusin
circa zirka
calci kalzi
club klub
yacht jacht
friseu friso
joghu yoghu yogur jogur
nuga nouga
hilf hulf
grenz granz
brot brod
deuts teuts
bayer baier
echt acht
ernt erndt
war waar
schar schaar
herd heerd
schenk schank
charm scharm
einblau einbleu
verblau verbleu
""".strip().splitlines()
) + tuple((re.sub("([aou])e", r"\1", usual)[:4], other) for other, usual in _USUAL.items())


class _Rule(NamedTuple):
    """What a word must have so that it is worth looking for a pattern, and what is written instead of that."""

    trigger: str
    pattern: re.Pattern[str]
    instead: str


_RULES = tuple(
    _Rule(trigger, re.compile(pattern), instead.replace("-", ""))
    for trigger, pattern, instead in (line.split() for line in (_BOTH + _OLD).splitlines() if line)
)


# Whether any trigger is there, in a fraction of the time that looking for each takes; each letter begins one branch.
_ANY_TRIGGER = re.compile(
    "t(?:h(?:a[elu]|haus|e(?:[eimru]|n?$)|i[eg]|raen|schaft|u[emnr]|voll|wend|s?$)|ip|eut|olp)"
    "|a(?:ufwaen|lp[td]|are|iern|echt)|n(?:ti[aeo]|iss|umer|ougat)|i(?:eng|ren$)|r(?:auh|oheit)"
    "|s(?:ch(?:weng|a(?:a|rm|enk)|neuz)|t(?:engel|op)|elbsts|ymph|eyn|p(?:ag|eci)|oc(?<=^soc))"
    "|g(?:ie|re(?<=^gre)u|emse|urt|raen|esammt)|b(?:ey|ehend|rod|leu)|h(?:eerd|uelf)|k(?:aram|ets|lub|us|alz|ode|ke)"
    "|p(?:h|laz|arthey)|z(?:ir|wey|ierr)|c(?:e|i(?=er)|t|ultur|[oalr](?<=^c.))|d(?:rey|isko)|litte|wuertem|oxyd"
    "|jacht|fris|justitz|e(?:y|rndte)|menu|" + any_of(_USUAL)
)
_ANY_PAIR = re.compile(any_of(_USUAL))


def one_spelling(word: str) -> str:
    """The spelling that all spellings of a folded word share: photo and foto are foto, thuer is tuer."""
    if not _ANY_TRIGGER.search(word):
        return word
    word = _ANY_PAIR.sub(lambda found: _USUAL[found[0]], word)
    for trigger, pattern, instead in _RULES:
        if trigger in word:
            word = pattern.sub(instead, word)
    return word


def other_beginnings_of_spelling(stem: str) -> list[str]:
    """How words may begin that are written otherwise than a stem."""
    return [
        other + stem[len(beginning) :]
        for beginning, *others in _BEGINNINGS
        if stem.startswith(beginning)
        for other in others
    ]
