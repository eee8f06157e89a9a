"""One spelling for words that have two: Potential and Potenzial, Delphin and Delfin, and those that were once in use.

The words are folded. An old spelling counts only in words where it cannot be a name or another word (Theil, Thür, but
not Roth and Rath); it need not be one that a text has.
"""

from __future__ import annotations

import re
from typing import NamedTuple

# What a folded word has, the pattern of what is written otherwise, and how; the reform of 1996 allows both.
_BOTH = """
symphon     symphon                                     sinfon
ph          ph(?=oto|on(?!n)|antas)|(?<=gra)ph|(?<=del)ph   f
selbstst    selbstst(?=aend)                            selbst
aufwaend    (?<=aufw)aend(?=ig)                         end
alp         (?<=al)p(?=traum|traeum|druck|drueck)       b
nti         (?<=n)t(?=ial|iell)                         z
stengel     ^stengel|(?<=[nr])stengel                   staengel
behend      ^behend                                     behaend
schwengl    (?<=schw)e(?=nglich)                        ae
greu        (?<=^gr)e(?=uel|ulich)                      ae
schneuz     (?<=^schn)e(?=uz)                           ae
gemse       ^gemse(?=n?$)                               gaemse
rauh        rauh(?=(?:e[mnrs]?)?$|haar|reif|bein|fa)    rau
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

# What was written before 1901, and what is written today.
_OLD = """
th          th(?=eil|uer(?!ing)|urm|aler|ier(?!r|s)|eur|eue|raen|aet)   t
thal        (?:(?<=en)|(?<=er)|(?<=el)|^)th(?=al(?:s|es?|ern?)?$)       t
th          (?<=rt)h(?=um|uem|schaft)|(?<=[aeiou]t)h(?=um(?:s|es)?$|uemer|haus|wend|ig(?:$|e|k))|(?<=rt)h(?=voll)   -
th          (?:(?<=heima)|(?<=mona)|(?<=[rd]mu)|(?<=gemue)|(?<=mie)|(?<=[fg]lu)|(?<=blue))th(?=(?:en?|s)?$)   t
athem       ^ath(?=em)                                  at
c           c(?=entr)|(?<=pro)c(?=ess)|(?<=offi)c(?=ier)|(?<=con)c(?=ert)   z
c           ^c(?=oeln|omm(?:iss|and|ers)|on(?:fer|serv|gress|cert|stanz|zert)|andid|assel$|ultur|orresp)   k
c           ^c(?=arlsruhe|oblenz|refeld)                k
c           (?<=dire)c(?=tor|tion)|(?<=reda)c(?=t)|(?<=do)c(?=tor)|(?<=produ)c(?=t(?:$|e|s$|ion))   k
litterat    (?<=lit)t(?=erat)                           -
gie         (?<=^g)ie(?=bt$|ng)                         i
ieng        (?<=^h)ie(?=ng)|(?<=^f)ie(?=ng)             i
seyn        ^seyn                                       sein
bey         ^bey(?=$|d|sp|trag)                         bei
zwey        ^zwey                                       zwei
drey        ^drey                                       drei
policey     (?<=poli)cey                                zei
parthey     ^parthey                                    partei
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
niss        (?<=..ni)ss$                                s
"""

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
""".strip().splitlines()
)


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
    "t(?:h(?:a[elu]|haus|e(?:[imru]|n?$)|i[eg]|raen|schaft|u[emnr]|voll|wend|s?$)|ip|eut|olp)|a(?:ufwaen|lp[td]|are|iern|echt)|n(?:ti[ae]|iss|umer|ougat)"
    "|i(?:eng|ren$)|r(?:auh|oheit)|s(?:ch(?:weng|aa|neuz)|t(?:engel|op)|elbsts|ymph|eyn|pag)"
    "|g(?:ie(?<=^gie)|re(?<=^gre)u|emse|urt|raen|esammt)|b(?:ey|ehend|rod)|h(?:eerd|uelf)|k(?:aram|ets|lub|us|alz)"
    "|p(?:h|laz|arthey)|z(?:ir|wey|ierr)|c(?:e|i(?=er)|o(?<=^co)|a(?<=^ca)|t|r(?<=^cr)|ultur)|drey|litte|wuertem|oxyd"
    "|jacht|fris|justitz|erndt"
)


def one_spelling(word: str) -> str:
    """The spelling that all spellings of a folded word share: photo and foto are foto, thuer is tuer."""
    if not _ANY_TRIGGER.search(word):
        return word
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
