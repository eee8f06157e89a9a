"""Names by which organisations are known or recognised: open lists of general knowledge, no archive's names."""

# Names of one organisation only, by the name that we list; inflected forms are added where they are used.
_KNOWN = {
    "EU": "Europäische Union",
    "Vereinte Nationen": "UNO,UN,U.N.",
    "UN-Sicherheitsrat": "UNO-Sicherheitsrat,Weltsicherheitsrat",
    "EU-Kommission": "Europäische Kommission",
    "Europäisches Parlament": "EU-Parlament,Europaparlament,Europäische Parlament",
    "Europäischer Gerichtshof": "EuGH,Europäische Gerichtshof",
    "EZB": "Europäische Zentralbank",
    "Nato": "NATO",
    "WHO": "Weltgesundheitsorganisation",
    "IWF": "Internationaler Währungsfonds,Internationale Währungsfonds",
    "Weltbank": "",
    "Unesco": "UNESCO",
    "Unicef": "UNICEF",
    "OECD": "",
    "OSZE": "",
    "Opec": "OPEC",
    "Interpol": "",
    "Europol": "",
    "Amnesty International": "",
    "Greenpeace": "",
    "Rotes Kreuz": "Rote Kreuz,DRK",
    "Europäischer Gerichtshof für Menschenrechte": "EGMR",
    "Bundestag": "",
    "Bundesrat": "",
    "Bundesregierung": "",
    "Bundeswehr": "",
    "Bundesbank": "",
    "Bundesverfassungsgericht": "BVerfG",
    "Bundesgerichtshof": "BGH",
    "Bundesverwaltungsgericht": "BVerwG",
    "Bundesarbeitsgericht": "",
    "Bundeskriminalamt": "BKA",
    "Bundesnachrichtendienst": "BND",
    "Auswärtiges Amt": "Auswärtige Amt",
    "Nationalrat": "",
    "Weißes Haus": "Weiße Haus",
    "Pentagon": "",
    "Kreml": "",
    "FBI": "",
    "CIA": "",
    "NASA": "Nasa",
    "ESA": "",
    "CDU": "",
    "CSU": "",
    "SPD": "",
    "FDP": "",
    "AfD": "",
    "Die Linke": "Linkspartei,PDS",
    "NPD": "",
    "ÖVP": "",
    "SPÖ": "",
    "FPÖ": "",
    "SVP": "",
    "NEOS": "",
    "DGB": "",
    "IG Metall": "",
    "Verdi": "ver.di,Ver.di",
    "ARD": "",
    "ZDF": "",
    "ORF": "",
    "BBC": "",
    "CNN": "",
    "NDR": "",
    "WDR": "",
    "SWR": "",
    "AFP": "",
    "Reuters": "",
    "TASS": "Tass",
    "FIFA": "Fifa",
    "UEFA": "Uefa",
    "IOC": "",
    "DFB": "",
    "DFL": "",
    "ADAC": "",
    "BMW": "",
    "VW": "Volkswagen",
    "SAP": "",
    "BASF": "",
    "IBM": "",
    "RWE": "",
    "EADS": "",
    "Hamas": "",
    "Hisbollah": "",
    "Taliban": "",
    "al-Qaida": "Al-Qaida,Al Qaida,al Qaida",
}
LISTED_AS = {other: listed for listed, others in _KNOWN.items() for other in (listed, *others.split(",")) if other}

# What kind of organisation a German noun means, by its end. A name behind it is the organisation's:
# *Nachrichtenagentur Reuters*. In an explained abbreviation it tells organisations from other things.
KIND_ENDS = (
    "agentur konzern hersteller unternehmen gesellschaft gewerkschaft partei verband organisation bank sender verlag "
    "zeitung magazin behörde institut stiftung airline reederei kette"
).split()
# What may stand before the name of a company without belonging to it.
COMPANY_KINDS = (*KIND_ENDS, "firma", "abteilung", "tochter", "betreiber", "anbieter", "verein")
EXPLAINED_KINDS = (
    *KIND_ENDS,
    *(
        "union bund bündnis amt amts gericht gerichts gerichtshof gerichtshofs fonds rundfunk rundfunks dienst "
        "dienstes werk werks kommission rat rates rats armee bewegung front liga universität club verbands "
        "verbandes bundes vereins instituts verein föderation allianz kongress zentrum zentrums gemeinschaft "
        "hilfswerk nationen demokraten agency association organization congress council party federation "
        "committee institute corporation company group university foundation bureau commission department police "
        "army movement network society fund court administration academy league authority center"
    ).split(),
)

# Institutions that are named after their place or patron, and the prefixes of sports clubs.
INSTITUTIONS = (
    "Universität,Technische Universität,Hochschule,Fachhochschule,Landgericht,Amtsgericht,Oberlandesgericht,"
    "Verwaltungsgericht,Oberverwaltungsgericht,Arbeitsgericht,Landesarbeitsgericht,Sozialgericht,Landessozialgericht,"
    "Finanzgericht,Staatsanwaltschaft,Polizeipräsidium,Universitätsklinikum,Klinikum"
).split(",")
CLUBS = "FC,SV,SC,VfB,VfL,TSV,FSV,MSV,TSG,SpVgg,RB,AC,AS,Borussia,Eintracht,Hertha,Fortuna,Arminia".split(",")
LEGAL_FORMS = ("AG", "GmbH", "SE", "KG", "KGaA", "Inc.", "Corp.", "Ltd.", "plc", "e. V.", "e.V.")
