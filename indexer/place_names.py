"""Names of places that the Unicode CLDR lacks or writes in another way than German news.

Complete groups only (all federal states, all German cities of a size, the capitals), never names
picked from some archive.
"""

LISTED_AS = {
    "Vereinigte Staaten von Amerika": "USA",
    "Vereinigte Staaten": "USA",
    "Vereinigtes Königreich": "Großbritannien",
    "Sonderverwaltungsregion Hongkong": "Hongkong",
    "Sonderverwaltungsregion Macau": "Macau",
    "Palästinensische Autonomiegebiete": "Palästinensische Autonomiegebiete",
    "Palästinensischen Autonomiegebieten": "Palästinensische Autonomiegebiete",
    "Vereinigten Arabischen Emirate": "Vereinigte Arabische Emirate",
    "Vereinigten Arabischen Emiraten": "Vereinigte Arabische Emirate",
    "Kanarischen Inseln": "Kanarische Inseln",
    "Demokratische Republik Kongo": "Kongo-Kinshasa",
    "Côte d’Ivoire": "Elfenbeinküste",
    "Cabo Verde": "Kap Verde",
    "Brunei Darussalam": "Brunei",
    "Timor-Leste": "Osttimor",
    "Republik Moldau": "Moldau",
    "Moldawien": "Moldau",
    "Weißrussland": "Belarus",
    "Birma": "Myanmar",
    "Burma": "Myanmar",
    "Swasiland": "Eswatini",
    "Niederlanden": "Niederlande",
    "Tschechische Republik": "Tschechien",
    "Mazedonien": "Nordmazedonien",
}

# States that are no more, parts of states and disputed territories.
MORE_COUNTRIES = (
    "Palästina,DDR,Sowjetunion,Jugoslawien,Tschechoslowakei,Gazastreifen,Westjordanland,Tschetschenien,Kosovo,Taiwan,Tibet,"
    "Katalonien,Schottland,England,Wales,Nordirland,Kurdistan,Abchasien,Südossetien,Transnistrien"
).split(",")

# Countries whose names are also peoples, last names, rivers or English words.
AMBIGUOUS = frozenset("Polen Schweden Island Jersey Luxemburg Niger Wales Mexiko-Stadt Amerika Europa".split())

STATES = (
    # Germany, Austria, and the cantons of Switzerland that are no cities
    "Baden-Württemberg,Bayern,Brandenburg,Hessen,Mecklenburg-Vorpommern,Niedersachsen,Nordrhein-Westfalen,"
    "Rheinland-Pfalz,Saarland,Sachsen,Sachsen-Anhalt,Schleswig-Holstein,Thüringen,Burgenland,Kärnten,Niederösterreich,"
    "Oberösterreich,Salzburg,Steiermark,Tirol,Vorarlberg,Südtirol,Aargau,Appenzell,Graubünden,Thurgau,Tessin,Wallis,"
    # the United States
    "Alabama,Alaska,Arizona,Arkansas,Colorado,Connecticut,Delaware,Florida,Georgia,Hawaii,Idaho,Illinois,Indiana,Iowa,"
    "Kalifornien,Kansas,Kentucky,Louisiana,Maine,Maryland,Massachusetts,Michigan,Minnesota,Mississippi,Missouri,"
    "Montana,Nebraska,Nevada,New Hampshire,New Jersey,New Mexico,New York,North Carolina,North Dakota,Ohio,Oklahoma,"
    "Oregon,Pennsylvania,Rhode Island,South Carolina,South Dakota,Tennessee,Texas,Utah,Vermont,Virginia,West Virginia,"
    "Wisconsin,Wyoming"
).split(",")

CITIES = (
    # capitals, seats of organisations and cities of millions that give no time zone their name
    "Peking,Washington,Kiew,Ankara,Bern,Genf,Neu-Delhi,Delhi,Islamabad,Ottawa,Canberra,Pretoria,Hanoi,Abuja,Rabat,Quito,"
    "Wellington,Yaoundé,Dodoma,Lilongwe,Astana,Brasília,Sanaa,Tel Aviv,"
    "Ramallah,Straßburg,Den Haag,Mailand,Sankt Petersburg,Barcelona,Neapel,Marseille,Lyon,Rotterdam,Antwerpen,Basel,"
    "Lausanne,Graz,Linz,Salzburg,Innsbruck,Kapstadt,Mumbai,Rio de Janeiro,San Francisco,Boston,Philadelphia,Houston,"
    "Dallas,Miami,Atlanta,Seattle,Las Vegas,New Orleans,Manchester,Liverpool,Birmingham,Glasgow,Edinburgh,Belfast,"
    "Krakau,Danzig,Breslau,Charkiw,Odessa,Aleppo,Mossul,Basra,Osaka,Hiroshima,Guangzhou,Wuhan,Bengaluru,Lahore,"
    # German cities of more than 100,000 inhabitants whose names are not ordinary words
    "Hamburg,München,Köln,Frankfurt am Main,Frankfurt,Stuttgart,Düsseldorf,Leipzig,Dortmund,Bremen,Dresden,Hannover,"
    "Nürnberg,Duisburg,Bochum,Wuppertal,Bielefeld,Bonn,Münster,Mannheim,Karlsruhe,Augsburg,Wiesbaden,Mönchengladbach,"
    "Gelsenkirchen,Aachen,Braunschweig,Chemnitz,Kiel,Magdeburg,Freiburg,Krefeld,Mainz,Lübeck,Erfurt,Oberhausen,Rostock,"
    "Kassel,Potsdam,Saarbrücken,Ludwigshafen,Oldenburg,Osnabrück,Leverkusen,Heidelberg,Darmstadt,Solingen,Regensburg,"
    "Paderborn,Ingolstadt,Offenbach,Fürth,Würzburg,Ulm,Heilbronn,Pforzheim,Wolfsburg,Göttingen,Bottrop,Reutlingen,"
    "Koblenz,Erlangen,Bremerhaven,Remscheid,Bergisch Gladbach,Recklinghausen,Trier,Jena,Moers,Salzgitter,Gütersloh,"
    "Hildesheim,Cottbus,Kaiserslautern,Schwerin"
).split(",")

# Cities of the time zone list that are better known as words, persons, provinces or nothing at all.
NOT_CITIES = frozenset(
    "Center Dawson Regina Wake Midway Norfolk Chatham Kanton Oral Stanley Darwin Merida Creston Resolute Nome Phoenix "
    "Jersey Petersburg Santiago Nassau Kirow Marigot Lindeman Currie Thunder_Bay Isle_of_Man".split()
)
